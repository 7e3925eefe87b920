"""What a tender's text is about, and what it says only to name the work it belongs to."""

from __future__ import annotations

import re

# Works departments write "C/o court complex at Solan (SH: providing fire alarm therein)": the sub-head is
# what is bought. "SH", "S/H", "Sub Head", but not the state highway "SH-17".
_SUB_HEAD = re.compile(
    r"\b(?:s\s?[./]?\s?h|sub[\s-]*head(?:ing)?s?)\b\.?\s*[:;,\-–.()]*\s*(?=[^\W\d])", re.IGNORECASE
)
# "SOP to EV charging station" supplies power: whom it goes to isn't bought.
_CONNECTED = re.compile(
    r"\b(?:s\.?o\.?p\.?|supply of power|service connection|load extension)\s+(?:to|for|in\s+r\s*/?\s*o)\b",
    re.IGNORECASE,
)
_LEAST_AFTER = 8  # letters: less is an abbreviation at the end


def sub_head_start(text: str) -> int:
    """Where the sub-head begins; 0 where a text has none."""
    for found in _SUB_HEAD.finditer(text):
        if found.start() > 0 and len(text) - found.end() >= _LEAST_AFTER:
            return found.end()
    return 0


def has_sub_head(text: str) -> bool:
    """Whether a text names a sub-head, be it with its first words."""
    return any(len(text) - found.end() >= _LEAST_AFTER for found in _SUB_HEAD.finditer(text))


def connected_start(text: str) -> int:
    """Where begins to whom power is supplied; the text's end where no power is supplied to anyone."""
    found = _CONNECTED.search(text)
    return found.end() if found else len(text)


def in_focus(title: str, description: str) -> str:
    """What is bought, in one text without line breaks: the sub-head where there is one, or all."""
    both = title if description.strip().casefold() in title.casefold() else f"{title}. {description}"
    bought = both[sub_head_start(both) :]
    return " ".join(bought[: connected_start(bought)].split())

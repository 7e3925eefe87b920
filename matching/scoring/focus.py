"""What a tender's text is about, and what it says only to name the work it belongs to."""

from __future__ import annotations

import re

# Works departments write "C/o court complex at Solan (SH: providing fire alarm therein)": the sub-head is
# what is bought. "SH", "S/H", "Sub Head", but not the state highway "SH-17".
_SUB_HEAD = re.compile(
    r"\b(?:s\s?[./]?\s?h|sub[\s-]*head(?:ing)?s?)\b\.?\s*[:;,\-–.()]*\s*(?=[^\W\d])", re.IGNORECASE
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


def in_focus(title: str, description: str) -> str:
    """What is bought, in one text without line breaks: the sub-head where there is one, or all."""
    both = title if description.strip().casefold() in title.casefold() else f"{title}. {description}"
    cut = sub_head_start(both)
    return " ".join((both[cut:] if cut else both).split())

"""Text as portals and spreadsheets write it, tidied; and which words mean that nothing is stated."""

from __future__ import annotations

import re
from functools import lru_cache

# Unprintable characters, half surrogates from broken JSON, and invisible marks that would make equal words
# differ. PostgreSQL refuses some of them. Joiners (U+200C, U+200D) stay: Indian scripts need them.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1b\x7f\u200b\u2060\ufeff\ud800-\udfff]")
_NOTHING = frozenset(
    {
        "",
        "na",
        "n/a",
        "n.a",
        "n.a.",
        "nil",
        "none",
        "null",
        "nan",
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "not applicable",
    }
)
LONGEST_WORDS = 300
LONGEST_EXCERPT = 2_000


class NotUnderstood(ValueError):
    """Words that seem to state a fact and can't be read as one. The message is for a person."""


# A cell is tidied up to four times on its way from the page into a fact, each time in one row of calls.
@lru_cache(maxsize=64)
def tidy(words: str) -> str:
    """The words with every run of white space (tabs, line ends, no-break spaces) as one blank."""
    if not words.isprintable() or not words.isascii():
        words = _UNWANTED.sub("", words)
    return " ".join(words.split())


def says_nothing(words: str) -> bool:
    """Whether a cell is a way to write that nothing is stated: ``NA``, ``-``, ``Nil``, empty."""
    return len(words) < 20 and tidy(words).casefold() in _NOTHING


def excerpt(words: str) -> str:
    """What a person is shown of a part that can't be read."""
    return tidy(words)[:LONGEST_EXCERPT]

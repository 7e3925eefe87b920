"""Names of buyers and titles of works, compared as people write them."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+")
_SAME_WORD = {
    "ltd": "limited",
    "corpn": "corporation",
    "corp": "corporation",
    "dev": "development",
    "devt": "development",
    "govt": "government",
    "dept": "department",
    "engg": "engineering",
    "pvt": "private",
    "auth": "authority",
    "dte": "directorate",
    "exe": "executive",
    "o&m": "operation maintenance",
}
# In every body's name, and nobody's own.
_COMMON = frozenset(
    {
        "and",
        "authority",
        "board",
        "cities",
        "city",
        "company",
        "corporation",
        "department",
        "development",
        "directorate",
        "for",
        "government",
        "in",
        "limited",
        "municipal",
        "nagar",
        "nigam",
        "of",
        "office",
        "private",
        "smart",
        "state",
        "the",
        "urban",
    }
)
_FEWEST_WORDS = 4


def plain_words(text: str) -> str:
    """A text in lower case, without punctuation, abbreviations spelled out."""
    words = (word.casefold() for word in _WORD.findall(text))
    return " ".join(_SAME_WORD.get(word, word) for word in words)


def title_likeness(one: str, other: str) -> float:
    """0 to 100. Words count wherever they stand; a short title inside a long one counts a little less."""
    left, right = plain_words(one), plain_words(other)
    in_any_order = fuzz.token_sort_ratio(left, right)
    if min(len(left.split()), len(right.split())) < _FEWEST_WORDS:
        return in_any_order  # "street lights" lies inside far too many titles
    return max(in_any_order, 0.95 * fuzz.token_set_ratio(left, right))


def buyer_likeness(one: str, other: str) -> float:
    """0 to 100. A body's initials are its name: PSCDCL. What every body is called doesn't make two alike."""
    left, right = plain_words(one), plain_words(other)
    if not left or not right:
        return 0
    if left == right or _is_short_for(left, right) or _is_short_for(right, left):
        return 100
    whole = fuzz.token_sort_ratio(left, right)
    own_left, own_right = _own(left), _own(right)
    return min(whole, fuzz.token_sort_ratio(own_left, own_right)) if own_left and own_right else whole


def _own(name: str) -> str:
    return " ".join(word for word in name.split() if word not in _COMMON)


def _is_short_for(short: str, name: str) -> bool:
    letters = short.replace(" ", "")
    words = name.split()
    if len(letters) < 3 or len(words) < 3:
        return False
    every = "".join(word[0] for word in words)
    return letters in {every, "".join(word[0] for word in words if word not in {"of", "and", "the", "for"})}

"""Numbers in titles. Package 3 is not Package 4, however alike the rest."""

from __future__ import annotations

import re

# What stands before the number of one part among several.
_PART = re.compile(
    r"\b(?P<label>packages?|pkg|lots?|wards?|phases?|parts?|zones?|reach|stretch|sections?|blocks?|groups?|units?"
    r"|schedules?|divisions?|stages?|bundles?|clusters?|sectors?|slice|nos?|year|fy|call)"
    r"\b[\s.:#/_()-]*(?:no\.?\s*)?(?P<number>\d+[a-z]?(?:[-/]\d+)?|[ivx]+|[a-h])\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[a-z]*\d[\da-z,./]*", re.IGNORECASE)
_SPELLED = {
    "pkg": "package",
    "fy": "year",
    "nos": "no",
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def parts_named(title: str) -> frozenset[tuple[str, str]]:
    """Which parts of a larger work a title names: ("package", "3"), ("phase", "2")."""
    return frozenset((_label(m["label"]), _plain(m["number"])) for m in _PART.finditer(title))


def numbers_in(title: str) -> frozenset[str]:
    """Every word of a title that holds a digit, spelled one way: 14,500 as 14500, 24X7 as 24x7."""
    return frozenset(_plain(found) for found in _NUMBER.findall(title))


def name_different_parts(one: str, other: str) -> bool:
    """Whether two titles can't mean the same for what they number, in so far as both do.

    Each naming a number that the other doesn't is enough, and so is a part that one names and the other
    numbers otherwise, or not at all.
    """
    if parts_named(one) != parts_named(other):
        return True
    only_one, only_other = numbers_in(one) - numbers_in(other), numbers_in(other) - numbers_in(one)
    return bool(only_one and only_other)


def _label(label: str) -> str:
    plain = label.casefold()
    plain = _SPELLED.get(plain, plain)
    return plain.removesuffix("s") if plain != "nos" else "no"


def _plain(number: str) -> str:
    plain = number.casefold().replace(",", "").strip("./")
    if plain in _ROMAN:
        return str(_ROMAN[plain])
    return plain.lstrip("0") or plain

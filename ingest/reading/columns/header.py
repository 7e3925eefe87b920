"""What a column's header says by itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.reading.columns.plan import Because, Unit
from ingest.reading.columns.vocabulary import OCDS_PATHS, OWN_COLUMNS, PRIVATE, SYNONYMS
from ingest.reading.labels import fact_for, label_key
from ingest.reading.words import tidy

_NOT_WORDS = re.compile(r"[^\w₹$€£¥]+")
_LIST_NUMBER = re.compile(r"/\d+(?=/|$)")
_UNITS = {
    "thousand": Unit.THOUSAND, "thousands": Unit.THOUSAND,
    "lakh": Unit.LAKH, "lakhs": Unit.LAKH, "lac": Unit.LAKH, "lacs": Unit.LAKH,
    "million": Unit.MILLION, "millions": Unit.MILLION, "mn": Unit.MILLION, "miljoner": Unit.MILLION,
    "crore": Unit.CRORE, "crores": Unit.CRORE, "cr": Unit.CRORE, "crs": Unit.CRORE,
}  # fmt: skip
_CURRENCIES = {
    "usd": "USD", "us$": "USD", "$": "USD", "dollar": "USD", "dollars": "USD",
    "eur": "EUR", "euro": "EUR", "€": "EUR",
    "sek": "SEK", "kr": "SEK", "kronor": "SEK",
    "gbp": "GBP", "£": "GBP", "jpy": "JPY", "¥": "JPY",
}  # fmt: skip
_RUPEES = frozenset({"₹", "rs", "inr", "re", "rupee", "rupees"})
_GLUE = frozenset({"in", "i"})


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """``words`` is the name that the header has, or has a part of."""

    field: str
    because: Because
    confidence: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A header taken apart: its name, and what it says of the amounts below it."""

    name: str
    unit: Unit
    currency: str  # "" where it names none


LABEL, SYNONYM, PART = 1.0, 0.9, 0.6
_PATH_ORDER = {path: number for number, path in enumerate(OCDS_PATHS)}


@lru_cache(maxsize=4_096)
def header_key(name: str) -> str:
    """A header without what spreadsheets vary: case, punctuation, white space. Its unit stays."""
    return " ".join(_NOT_WORDS.sub(" ", tidy(name).casefold()).split())


@lru_cache(maxsize=1_024)
def column_keys(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Each column's header and which of its namesakes it is, from 1: what a mapping knows it by."""
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        key = header_key(name)
        seen[key] += 1
        keys.append((key, seen[key]))
    return tuple(keys)


def signature_of(names: Sequence[str]) -> str:
    """The same for every table with these headers, in whatever order its columns stand."""
    return hashlib.sha256("\n".join(sorted(header_key(name) for name in names)).encode()).hexdigest()


@lru_cache(maxsize=4_096)
def taken_apart(name: str) -> Stated:
    words = header_key(name).split()
    units = [_UNITS[word] for word in words if word in _UNITS]
    currencies = {_CURRENCIES[word] for word in words if word in _CURRENCIES}
    if not units and not currencies and not _RUPEES & set(words):
        return Stated(" ".join(words), Unit.ONE, "")
    aside = _UNITS.keys() | _CURRENCIES.keys() | _RUPEES | _GLUE
    return Stated(
        " ".join(word for word in words if word not in aside),
        units[0] if len(set(units)) == 1 else Unit.ONE,
        currencies.pop() if len(currencies) == 1 else "",
    )


@lru_cache(maxsize=4_096)
def match_header(name: str) -> HeaderMatch | None:
    """The fact that a header announces, how surely and why; None if it says nothing to us."""
    if known := known_label(name):
        return HeaderMatch(known, Because.LABEL, LABEL, tidy(name))
    stated = taken_apart(name).name
    if PRIVATE.search(stated):
        return HeaderMatch("", Because.PRIVATE, LABEL, tidy(name))
    if known := SYNONYMS.get(stated) or SYNONYMS.get(label_key(stated)) or fact_for(stated):
        return HeaderMatch(known, Because.SYNONYM, SYNONYM, stated)
    return _match_part(stated)


def known_label(name: str) -> str | None:
    """The fact whose name on portals or path in open contracting data this is, letter for letter."""
    return OWN_COLUMNS.get(tidy(name).casefold()) or OCDS_PATHS.get(path_of(name)) or fact_for(name)


@lru_cache(maxsize=4_096)
def path_of(name: str) -> str:
    return _LIST_NUMBER.sub("", tidy(name).casefold().replace(".", "/"))


def path_order(name: str) -> int:
    """Where several open-contracting columns hold one fact: which of them comes first."""
    return _PATH_ORDER.get(path_of(name), -1)


def is_named(name: str) -> bool:
    """Whether a cell is the whole name of a column, which few cells of other rows are."""
    match = match_header(name)
    return match is not None and match.confidence >= SYNONYM


def _match_part(stated: str) -> HeaderMatch | None:
    """The longest name of a column, of two words at least, that stands within the header."""
    padded = f" {stated} "
    found = [name for name in _LONGEST_FIRST if f" {name} " in padded]
    return HeaderMatch(SYNONYMS[found[0]], Because.PART, PART, found[0]) if found else None


_LONGEST_FIRST = sorted((name for name in SYNONYMS if " " in name), key=len, reverse=True)

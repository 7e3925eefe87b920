"""Words and their stems, and where they stand, so that a text can be quoted letter by letter."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import snowballstemmer

# Letters apart from digits, so that "11kV", "11 kV" and "11-KV" are the same two words.
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LANGUAGES = {"en": "english", "sv": "swedish"}
_SHORTEST_STEMMED = 3
_stemmers = threading.local()


@dataclass(frozen=True, slots=True)
class Unit:
    """A stem, the word it comes from in its plainest form, and the stretch of text it was read from."""

    stem: str
    word: str
    start: int
    end: int


def written_words(text: str) -> Sequence[re.Match[str]]:
    """The words of a text, in order."""
    return list(_WORD.finditer(text))


def english_units(text: str) -> list[Unit]:
    """The English stems of a text, in order."""
    units = []
    for written in written_words(text):
        word = written.group().casefold()
        units.append(Unit(stem_of(word, "en"), singular(word), written.start(), written.end()))
    return units


@lru_cache(maxsize=200_000)
def singular(word: str) -> str:
    """An English word without its plural ending. Coarser stems make "publication" of "public"."""
    if len(word) <= _SHORTEST_STEMMED or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


@lru_cache(maxsize=200_000)
def stem_of(word: str, language: str) -> str:
    """The Snowball stem of a lower-case word; ``language`` is "en" or "sv"."""
    if language == "en" and len(word) <= _SHORTEST_STEMMED:
        return word  # "UPS" is not the plural of "up"
    # A stemmer holds the word it is at work on, so threads must not share one.
    stemmer = getattr(_stemmers, language, None)
    if stemmer is None:
        stemmer = snowballstemmer.stemmer(_LANGUAGES[language])
        setattr(_stemmers, language, stemmer)
    return cast("str", stemmer.stemWord(word))

"""Swedish into English, word by word, and the parts of Swedish compounds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice, product
from pathlib import Path

from matching.scoring.common_words import SWEDISH_GLUE
from matching.scoring.compounds import Splitter, inflected_forms
from matching.scoring.vocabulary import CONCEPTS
from matching.scoring.words import Unit, stem_of, written_words

_FOLDER = Path(__file__).parent / "vocabulary"
# Second and later translations of a word are less sure.
_LATER_SHARE = 0.6
_MOST_WAYS = 12
# Endings that English and Swedish technical words share, in the order they are tried.
_COGNATES = (
    ("itet", "ity"),
    ("isk", "ic"),
    ("tion", "tion"),
    ("sion", "sion"),
    ("logi", "logy"),
    ("nomi", "nomy"),
    ("grafi", "graphy"),
    ("metri", "metry"),
    ("ment", "ment"),
    ("ator", "ator"),
    ("ans", "ance"),
    ("ens", "ence"),
)


class LexiconMistake(ValueError):
    """A line of the lexicon can't be read. The message names it."""


def _read_lexicon(name: str) -> dict[str, tuple[str, ...]]:
    """Each Swedish word and its English ones: a line is ``avlopp: sewage, wastewater``."""
    entries: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate((_FOLDER / name).read_text("utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        words, _, english = line.partition(":")
        translations = tuple(text.strip() for text in english.split(",") if text.strip())
        if not translations:
            raise LexiconMistake(f"{name}, line {number}: no translation")
        for word in words.split("/"):
            if word.strip() in entries:
                raise LexiconMistake(f"{name}, line {number}: {word.strip()} stands there twice")
            entries[word.strip()] = translations
    return entries


LEXICON = _read_lexicon("swedish_english.txt")
COMPOUNDS = _read_lexicon("swedish_compounds.txt")
SPLITTER = Splitter(LEXICON)
_BY_KEY = {key: LEXICON[word] for word in reversed(LEXICON) if (key := SPLITTER.key_of(word)) is not None}
_COMPOUND_BY_STEM = {
    stem_of(form, "sv"): english
    for word, english in reversed(COMPOUNDS.items())
    for form in (word, *inflected_forms(word))
}
for _concept in CONCEPTS.values():
    for _term in _concept.terms:
        if _term.language == "sv":
            for _match in written_words(_term.text.casefold()):
                # The vocabulary's own words are parts too, unless they are made of known ones.
                if len(_match.group()) > 3 and not SPLITTER.is_made_of_known_parts(_match.group()):
                    SPLITTER.add(_match.group())


def add_words(words: Mapping[str, tuple[str, ...]]) -> None:
    """Know more Swedish words, for translating only. What stands in the files goes first."""
    for word, english in words.items():
        if SPLITTER.key_of(word) is None:
            _COMPOUND_BY_STEM.setdefault(stem_of(word, "sv"), english)
    english_for.cache_clear()


def swedish_units(text: str) -> list[Unit]:
    """The Swedish stems of a text with compounds taken apart; each part stands where its word does."""
    return [
        Unit(stem, stem, word.start(), word.end())
        for word in written_words(text)
        for stem in SPLITTER.split(word.group().casefold())
    ]


@lru_cache(maxsize=50_000)
def english_for(word: str) -> tuple[tuple[str, float], ...]:
    """English words for a Swedish one as it is written, each with how sure it is; () for glue."""
    lower = word.casefold()
    if lower in SWEDISH_GLUE or lower.isdigit():
        return ()
    if word.isupper() and len(word) > 1:
        return ((lower, 1.0),)
    settled = _COMPOUND_BY_STEM.get(stem_of(lower, "sv"))
    if settled:
        return _ranked(settled)
    parts = SPLITTER.split(lower)
    found = tuple(pair for part in parts for pair in _of_part(part))
    return found if found or len(parts) > 1 else _cognate(lower)


def translations(word: str) -> tuple[tuple[str, ...], ...]:
    """Ways of saying a Swedish word in English, the likeliest first; () where not all its parts are known.

    Each way is a group of phrases, one for each part of a compound, which need not stand together.
    """
    settled = _COMPOUND_BY_STEM.get(stem_of(word.casefold(), "sv"))
    if settled:
        return tuple((text.casefold(),) for text in settled)
    parts = [_BY_KEY.get(part, ()) for part in SPLITTER.split(word.casefold())]
    return tuple(islice(product(*parts), _MOST_WAYS)) if all(parts) else ()


def is_in_lexicon(word: str) -> bool:
    """Whether what a Swedish word is in English stands in the lexicon, as a whole or in parts."""
    if stem_of(word.casefold(), "sv") in _COMPOUND_BY_STEM:
        return True
    return any(part in _BY_KEY for part in SPLITTER.split(word.casefold()))


def _of_part(key: str) -> tuple[tuple[str, float], ...]:
    return _ranked(_BY_KEY.get(key, ()))


def _ranked(translations: Sequence[str]) -> tuple[tuple[str, float], ...]:
    return tuple(
        (english, 1.0 if rank == 0 else _LATER_SHARE)
        for rank, text in enumerate(translations)
        for english in re.findall(r"[^\W\d_]+", text.casefold())
    )


def _cognate(word: str) -> tuple[tuple[str, float], ...]:
    for swedish, english in _COGNATES:
        for ending in ("", "en", "er", "erna", "t", "a", "et"):
            if word.endswith(swedish + ending) and len(word) - len(swedish + ending) > 2:
                return ((word[: len(word) - len(swedish + ending)] + english, 0.6),)
    return ((word, 0.4),) if len(word) > 4 and word.isascii() else ()

"""The vocabulary made ready for looking things up in texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matching.scoring.lexicon import swedish_units
from matching.scoring.phrases import Finding, Phrase, PhraseFinder
from matching.scoring.vocabulary import CONCEPTS, Term
from matching.scoring.words import english_units


def _stems(term: Term) -> tuple[str, ...]:
    units = swedish_units(term.text) if term.language == "sv" else english_units(term.text)
    return tuple(unit.stem for unit in units)


def _phrases(language: str) -> Iterable[Phrase]:
    for concept in CONCEPTS.values():
        for term in concept.terms:
            if term.language == language:
                yield Phrase(concept.slug, _stems(term), term.weight)


def _exclusions() -> Iterable[Phrase]:
    for concept in CONCEPTS.values():
        for text in concept.not_these:
            yield Phrase(concept.slug, tuple(unit.stem for unit in english_units(text)), 0.0)


_ENGLISH = PhraseFinder([*_phrases("en"), *_exclusions()], may_be_loose=True)
_SWEDISH = PhraseFinder(_phrases("sv"), may_be_loose=False)
# What Swedish texts borrow: abbreviations and longer English names. Single English words may be Swedish ones.
_BORROWED = PhraseFinder(
    (
        Phrase(concept.slug, _stems(term), term.weight)
        for concept in CONCEPTS.values()
        for term in concept.terms
        if term.language == "en" and (term.is_abbreviation or len(_stems(term)) > 1)
    ),
    may_be_loose=False,
)


def find_concepts(text: str, language: str) -> Sequence[Finding]:
    """The concepts a text names; ``language`` is the text's, "sv" or "en"."""
    english = english_units(text)
    if language != "sv":
        return _ENGLISH.find(english)
    return [*_SWEDISH.find(swedish_units(text)), *_BORROWED.find(english)]


def concepts_of_code(code: str) -> list[tuple[str, float]]:
    """The concepts a CPV code stands for by its longest matching prefix, and how narrow that is (0–1)."""
    digits = "".join(filter(str.isdigit, code))[:8]
    fitting = [
        (len(prefix), concept.slug)
        for concept in CONCEPTS.values()
        for prefix in concept.cpv_prefixes
        if digits.startswith(prefix)
    ]
    longest = max((length for length, _ in fitting), default=0)
    return [(slug, min(1.0, length / 5)) for length, slug in fitting if length == longest]

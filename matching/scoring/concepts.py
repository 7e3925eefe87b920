"""The vocabulary made ready for looking things up in texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching.scoring.lexicon import swedish_units
from matching.scoring.phrases import Finding, Phrase, PhraseFinder
from matching.scoring.vocabulary import CONCEPTS, version_in_force
from matching.scoring.words import english_units, singular


def _phrase(concept: str, text: str, language: str, weight: float) -> Phrase:
    units = swedish_units(text) if language == "sv" else english_units(text)
    word = units[0].word if len(units) == 1 else ""
    return Phrase(concept, tuple(unit.stem for unit in units), weight, word)


def _phrases(language: str) -> list[Phrase]:
    return [
        _phrase(concept.slug, term.text, language, term.weight)
        for concept in CONCEPTS.values()
        for term in concept.terms
        if term.language == language
    ]


@dataclass(frozen=True, slots=True)
class _Finders:
    english: PhraseFinder
    swedish: PhraseFinder
    # What Swedish texts borrow: abbreviations and longer English names. Single English words may be Swedish.
    borrowed: PhraseFinder


# Of the vocabulary in force and the one before it; a preview of a change takes two more.
@lru_cache(maxsize=4)
def _finders(version: str) -> _Finders:
    del version  # the vocabulary in force has it
    exclusions = [
        _phrase(concept.slug, text, "en", 0.0) for concept in CONCEPTS.values() for text in concept.not_these
    ]
    abbreviations = {
        singular(term.text.casefold())
        for concept in CONCEPTS.values()
        for term in concept.terms
        if term.is_abbreviation
    }
    return _Finders(
        PhraseFinder([*_phrases("en"), *exclusions], may_be_loose=True),
        PhraseFinder(_phrases("sv"), may_be_loose=False),
        PhraseFinder(
            (phrase for phrase in _phrases("en") if len(phrase.stems) > 1 or phrase.word in abbreviations),
            may_be_loose=False,
        ),
    )


def find_concepts(text: str, language: str) -> Sequence[Finding]:
    """The concepts a text names, each once, where it does so most surely; ``language`` is "sv" or "en"."""
    english = english_units(text)
    finders = _finders(version_in_force())
    if language == "sv":
        findings = [*finders.swedish.find(swedish_units(text)), *finders.borrowed.find(english)]
    else:
        findings = finders.english.find(english)
    surest: dict[str, Finding] = {}
    for finding in findings:
        known = surest.get(finding.concept)
        if known is None or finding.sureness > known.sureness:
            surest[finding.concept] = finding
    return list(surest.values())


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

"""The rules on the subject. Each says what both sides have in common, how strongly, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass

from matching.scoring.prepare import Mention, PreparedOffered, PreparedWanted
from matching.scoring.rarity import rarity
from matching.scoring.records import Evidence, TermCounts
from matching.scoring.vocabulary import CONCEPTS

_MOST_EVIDENCE = 5

# BM25's saturation and length normalisation, and the length of a usual notice
_SATURATION = 1.2
_LENGTH_SHARE = 0.75
_USUAL_LENGTH = 14.0

# A tender that names many things, or says much else, is less about each of them.
_CROWD_SHARE = 0.06
_LONG_SHARE = 0.2

# Same field, but not the thing itself
SIBLING_SHARE = 0.2
# Further concepts in common add less and less.
_NEXT_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Subject:
    """How well the subject fits by one rule, from 0 upwards, and the strongest evidence first."""

    strength: float
    evidence: tuple[Evidence, ...]


def domain_fit(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> Subject:
    """What both name, compared by concept, so that language and wording don't matter."""
    fits: list[tuple[float, Evidence]] = []
    for slug, mention in offered.concepts.items():
        named = wanted.concepts.get(slug)
        strength = named.weight if named else 0.0
        home = wanted.domains.get(CONCEPTS[slug].domain)
        if home is not None and home.weight > 1:  # chosen from the list
            strength, named = max((strength, named), (home.weight - 1, home), key=lambda pair: pair[0])
        elif home is not None and strength < home.weight * SIBLING_SHARE:
            strength, named = home.weight * SIBLING_SHARE, home
        kin = wanted.related.get(slug)
        if kin is not None and kin.weight > strength:
            strength, named = kin.weight, kin
        if named is None:
            continue
        kind = kin.kind if named is kin and kin is not None else "concept"
        fit = strength * concept_weight(offered, mention, counts)
        fits.append((fit, Evidence(mention.text, named.text, slug, kind)))
    fits.sort(key=lambda pair: (-pair[0], pair[1].bridge))
    raw = sum(fit * _NEXT_SHARE**rank for rank, (fit, _) in enumerate(fits))
    return Subject(raw, _evidence(fits))


def concept_weight(offered: PreparedOffered, mention: Mention, counts: TermCounts) -> float:
    """How much a tender is about a concept that it mentions."""
    crowd = (1 + _CROWD_SHARE * len(offered.concepts)) * (
        1 - _LONG_SHARE + _LONG_SHARE * offered.length / _USUAL_LENGTH
    )
    telling = max((rarity(stem, counts) for stem in mention.stems), default=1.0)
    return mention.weight * (0.5 + 0.5 * telling) / crowd


def word_weight(offered: PreparedOffered, said: Mention) -> float:
    """How much a tender says a word, by its length: the part of BM25 that the profile has no say in."""
    longness = 1 - _LENGTH_SHARE + _LENGTH_SHARE * offered.length / _USUAL_LENGTH
    return said.weight * (_SATURATION + 1) / (said.weight + _SATURATION * longness)


def words_fit(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> Subject:
    """What both say, word by word, rare words first (BM25)."""
    fits: list[tuple[float, Evidence]] = []
    smaller, larger = sorted((wanted.words, offered.words), key=len)
    for stem in smaller:
        if stem in larger:
            said, asked = offered.words[stem], wanted.words[stem]
            fit = asked.weight * rarity(stem, counts) * word_weight(offered, said)
            fits.append((fit, Evidence(said.text, asked.text, asked.bridge, asked.kind)))
    fits.sort(key=lambda pair: (-pair[0], pair[1].offered))
    return Subject(sum(fit for fit, _ in fits), _evidence(fits))


def _evidence(fits: list[tuple[float, Evidence]]) -> tuple[Evidence, ...]:
    return tuple(evidence for fit, evidence in fits[:_MOST_EVIDENCE] if fit > 0)

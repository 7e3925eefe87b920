"""The rules. Each says what it found, on what evidence, and how much that is worth."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from matching.scoring.prepare import PreparedOffered, PreparedWanted
from matching.scoring.rarity import rarity
from matching.scoring.records import Evidence, Part, TermCounts, Verdict
from matching.scoring.vocabulary import CONCEPTS

MOST_DOMAIN = 45
MOST_WORDS = 40
MOST_VALUE_BAND = 8
MOST_PLACE = 7
_MOST_EVIDENCE = 5

# BM25's saturation and length normalisation, and the length of a usual notice
_SATURATION = 1.2
_LENGTH_SHARE = 0.75
_USUAL_LENGTH = 14.0

# A tender that names many things, or says much else, is less about each of them.
_CROWD_SHARE = 0.06
_LONG_SHARE = 0.2

# Same field, but not the thing itself
_SIBLING_SHARE = 0.2
# Further concepts in common add less and less.
_NEXT_SHARE = 0.35
_DOMAIN_SCALE = 0.45
_WORDS_SCALE = 3.0


@dataclass(frozen=True, slots=True)
class Subject:
    """How well the subject fits by one rule: 0–1, and the strongest evidence first."""

    share: float
    evidence: tuple[Evidence, ...]


def domain_fit(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> Subject:
    """What both name, compared by concept, so that language and wording don't matter."""
    fits: list[tuple[float, Evidence]] = []
    crowd = (1 + _CROWD_SHARE * len(offered.concepts)) * (
        1 - _LONG_SHARE + _LONG_SHARE * offered.length / _USUAL_LENGTH
    )
    for slug, mention in offered.concepts.items():
        named = wanted.concepts.get(slug)
        strength = named.weight if named else 0.0
        home = wanted.domains.get(CONCEPTS[slug].domain)
        if home is not None and home.weight > 1:  # chosen from the list
            strength, named = max((strength, named), (home.weight - 1, home), key=lambda pair: pair[0])
        elif home is not None and strength < home.weight * _SIBLING_SHARE:
            strength, named = home.weight * _SIBLING_SHARE, home
        if named is None:
            continue
        telling = max((rarity(stem, counts) for stem in mention.stems), default=1.0)
        fit = strength * mention.weight * (0.5 + 0.5 * telling) / crowd
        fits.append((fit, Evidence(mention.text, named.text, slug)))
    fits.sort(key=lambda pair: (-pair[0], pair[1].bridge))
    raw = sum(fit * _NEXT_SHARE**rank for rank, (fit, _) in enumerate(fits))
    return Subject(1 - exp(-raw / _DOMAIN_SCALE), _evidence(fits))


def words_fit(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> Subject:
    """What both say, word by word, rare words first (BM25)."""
    longness = 1 - _LENGTH_SHARE + _LENGTH_SHARE * offered.length / _USUAL_LENGTH
    fits: list[tuple[float, Evidence]] = []
    smaller, larger = sorted((wanted.words, offered.words), key=len)
    for stem in smaller:
        if stem in larger:
            said, asked = offered.words[stem], wanted.words[stem]
            often = said.weight * (_SATURATION + 1) / (said.weight + _SATURATION * longness)
            fit = asked.weight * rarity(stem, counts) * often
            fits.append((fit, Evidence(said.text, asked.text)))
    fits.sort(key=lambda pair: (-pair[0], pair[1].offered))
    return Subject(1 - exp(-sum(fit for fit, _ in fits) / _WORDS_SCALE), _evidence(fits))


def value_band(wanted: PreparedWanted, offered: PreparedOffered, *, subject: float) -> Part | None:
    """Whether the value suits. ``subject`` (0–1) says how much of it a tender has earned."""
    low, high, value = wanted.wanted.value_from_inr, wanted.wanted.value_to_inr, offered.offered.value_inr
    if low is None and high is None:
        return None
    details = tuple(
        (name, f"INR {amount:f}")
        for name, amount in (("value", value), ("from", low), ("to", high))
        if amount is not None
    )
    if value is None:
        return Part("value_band", 0, MOST_VALUE_BAND, Verdict.UNKNOWN, (), details)
    is_too_large = high is not None and value > high
    fits = not is_too_large and (low is None or value >= low)
    if fits:
        points = round(MOST_VALUE_BAND * subject)
    elif is_too_large and wanted.wanted.is_joint_venture_willing:
        points = 0  # a partner may carry the rest
    else:
        points = -round(MOST_VALUE_BAND * subject / 2)
    return Part("value_band", points, MOST_VALUE_BAND, Verdict.FITS if fits else Verdict.GAP, (), details)


def place(wanted: PreparedWanted, offered: PreparedOffered, *, subject: float) -> Part | None:
    """Whether it is in a state the company prefers. Elsewhere costs nothing."""
    if not wanted.wanted.states:
        return None
    state = offered.offered.state
    if not state:
        return Part("place", 0, MOST_PLACE, Verdict.UNKNOWN)
    fits = state in wanted.wanted.states
    points = round(MOST_PLACE * subject) if fits else 0
    return Part("place", points, MOST_PLACE, Verdict.FITS if fits else Verdict.GAP, (), (("state", state),))


def subject_part(rule: str, fit: Subject, most: int) -> Part:
    points = round(fit.share * most)
    evidence = fit.evidence if points else ()
    return Part(rule, points, most, Verdict.FITS if points else Verdict.GAP, evidence)


def _evidence(fits: list[tuple[float, Evidence]]) -> tuple[Evidence, ...]:
    return tuple(evidence for fit, evidence in fits[:_MOST_EVIDENCE] if fit > 0)

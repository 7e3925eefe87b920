"""The scorer's one door. What lies behind it may be replaced; its callers see only this."""

from __future__ import annotations

from dataclasses import replace

from matching.scoring.calibration import (
    DOMAIN_WEIGHT,
    MEANING_WEIGHT,
    WITH_MEANING,
    WITHOUT_MEANING,
    WORDS_WEIGHT,
    Calibration,
    is_by_words,
    shared_out,
    shifted,
)
from matching.scoring.circumstances import circumstances
from matching.scoring.common_words import english_weight
from matching.scoring.deal import OTHER_DEAL_SHARE, Deal
from matching.scoring.meaning import Meanings, OfferedMeaning, WantedMeaning
from matching.scoring.meaning_rule import meaning_fit
from matching.scoring.prepare import (
    DECLARED_SHARE,
    PreparedOffered,
    PreparedWanted,
    prepare_offered,
    prepare_wanted,
)
from matching.scoring.rarity import count_terms
from matching.scoring.records import Part, Score, TermCounts, Verdict
from matching.scoring.rules import Subject, domain_fit, words_fit
from matching.scoring.vocabulary import CONCEPTS, DOMAINS, version_in_force
from matching.scoring.words import english_units

# The code's own. Change it whenever a score may come out differently.
SCORER_VERSION = "7"

_MOST_SUBJECT = 100
# A profile is most about the concepts it names at least this strongly (0–1); so many are told as missing.
_CORE = 0.5
_MOST_MISSING = 3
_MOST_SEARCH_WORDS = 120
# A word this weak is said by every company, or is a weak term of a concept named in passing.
_LEAST_SEARCHED = 0.1
# A tender that names a domain as weakly as this (0–1) isn't about it.
_LEAST_NAMED = 0.3


def scorer_version() -> str:
    """Of the scorer and the vocabulary in force: stored with every match and profile."""
    vocabulary = version_in_force()
    return f"{SCORER_VERSION}+{vocabulary}" if vocabulary else SCORER_VERSION


def score(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> Score:
    """How well a tender fits a profile, 0–100, as parts that add up to it.

    The subject is compared by concept, by word and, where both sides were read for it, by meaning. Value and
    place move the chance only as far as the subject leaves it open.
    """
    fits, calibration = _subject(wanted, offered, counts)
    contributions = [weight * fit.strength for _, weight, fit in fits]
    chance = calibration.chance(sum(contributions))
    points = round(100 * chance)
    parts = [
        _subject_part(rule, share, fit)
        for (rule, _, fit), share in zip(fits, shared_out(points, contributions), strict=True)
    ]
    parts[0] = replace(parts[0], details=_told_of_subject(wanted, offered))
    for found in circumstances(wanted, offered):
        chance = shifted(chance, found.shift)
        moved = round(100 * chance) - points if points else 0
        parts.append(Part(found.rule, moved, found.most, found.verdict, (), found.details))
        points += moved
    return Score(points, tuple(parts), calibration.name)


def concepts_missing(wanted: PreparedWanted, offered: PreparedOffered) -> tuple[str, ...]:
    """The slugs of what a profile is most about and the tender doesn't name, the strongest first."""
    core = [
        slug
        for slug, said in wanted.concepts.items()
        if said.weight >= _CORE and slug not in offered.concepts
    ]
    return tuple(sorted(core, key=lambda slug: (-wanted.concepts[slug].weight, slug))[:_MOST_MISSING])


def _told_of_subject(wanted: PreparedWanted, offered: PreparedOffered) -> tuple[tuple[str, str], ...]:
    """What is told beside the evidence: concepts that aren't named, and the words of another kind of deal."""
    missing, other = concepts_missing(wanted, offered), other_deal(wanted, offered)
    return (
        *((("missing", " ".join(missing)),) if missing else ()),
        *((("deal", other.kind), ("deal_words", other.text)) if other else ()),
    )


def other_deal(wanted: PreparedWanted, offered: PreparedOffered) -> Deal | None:
    """The tender's kind of deal where the company makes none such; None where things or skill are bought."""
    return None if offered.deal is None or offered.deal.kind in wanted.deals else offered.deal


def subject_score(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> float:
    """The subject parts of the score alone, 0–100, before rounding."""
    fits, calibration = _subject(wanted, offered, counts)
    return 100 * calibration.chance(sum(weight * fit.strength for _, weight, fit in fits))


def subject_margin(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> float:
    """What the subject's score is made from, before it is calibrated: for ranking and for measuring."""
    fits, _ = _subject(wanted, offered, counts)
    return sum(weight * fit.strength for _, weight, fit in fits)


def chance_of(wanted: PreparedWanted, margin: float) -> float:
    """What such a margin says of a tender that was read as the profile was: 0-1, the subject alone."""
    return (WITHOUT_MEANING if wanted.meaning is None else WITH_MEANING).chance(margin)


def _subject(
    wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts
) -> tuple[list[tuple[str, float, Subject]], Calibration]:
    """What each rule says of the subject and what it counts, and the calibration for so many rules."""
    fits = [
        ("domain", DOMAIN_WEIGHT, domain_fit(wanted, offered, counts)),
        ("words", WORDS_WEIGHT, words_fit(wanted, offered, counts)),
    ]
    calibration = WITHOUT_MEANING
    if wanted.meaning is not None and offered.meaning is not None:
        fits.append(("meaning", MEANING_WEIGHT, meaning_fit(wanted, offered)))
        calibration = WITH_MEANING
    if other_deal(wanted, offered):
        fits = [
            (rule, weight, replace(fit, strength=fit.strength * OTHER_DEAL_SHARE))
            for rule, weight, fit in fits
        ]
    return fits, calibration


def _subject_part(rule: str, points: int, fit: Subject) -> Part:
    return Part(
        rule, points, _MOST_SUBJECT, Verdict.FITS if points else Verdict.GAP, fit.evidence if points else ()
    )


def search_words(wanted: PreparedWanted) -> tuple[str, ...]:
    """English words by which tenders for a profile may be found, the most telling first.

    Those the profile uses or that translate it, and those of the concepts it names. A tender that holds
    none of them has no subject in common with the profile.
    """
    weights = {mention.english: mention.weight for mention in wanted.words.values()}
    for slug in wanted.wanted.domains:
        for concept in DOMAINS[slug].concepts if slug in DOMAINS else ():
            for term in concept.terms:
                if term.language == "en":
                    for unit in english_units(term.text):
                        weight = english_weight(unit.stem) * term.weight * DECLARED_SHARE
                        weights[unit.word] = max(weights.get(unit.word, 0.0), weight)
    telling = (word for word, weight in weights.items() if weight > _LEAST_SEARCHED)
    return tuple(sorted(telling, key=lambda word: (-weights[word], word))[:_MOST_SEARCH_WORDS])


def domains_offered(offered: PreparedOffered) -> tuple[str, ...]:
    """The slugs of the domains a tender is about, the plainest first."""
    strengths: dict[str, float] = {}
    for slug, mention in offered.concepts.items():
        home = CONCEPTS[slug].domain
        strengths[home] = max(strengths.get(home, 0.0), mention.weight)
    named = [slug for slug, strength in strengths.items() if strength >= _LEAST_NAMED]
    return tuple(sorted(named, key=lambda slug: (-strengths[slug], slug)))


def domain_name(slug: str, language: str) -> str:
    """What a domain or concept is called, in "sv" or "en"; the slug itself where it isn't known."""
    known = DOMAINS.get(slug) or CONCEPTS.get(slug)
    return known.names["sv" if language.startswith("sv") else "en"] if known else slug


__all__ = [
    "DOMAINS",
    "SCORER_VERSION",
    "Meanings",
    "OfferedMeaning",
    "PreparedOffered",
    "PreparedWanted",
    "WantedMeaning",
    "chance_of",
    "count_terms",
    "domain_name",
    "domains_offered",
    "is_by_words",
    "prepare_offered",
    "prepare_wanted",
    "score",
    "scorer_version",
    "search_words",
    "subject_margin",
    "subject_score",
]

"""The scorer's one door. What lies behind it may be replaced; its callers see only this."""

from __future__ import annotations

from matching.scoring.common_words import english_weight
from matching.scoring.prepare import (
    DECLARED_SHARE,
    PreparedOffered,
    PreparedWanted,
    prepare_offered,
    prepare_wanted,
)
from matching.scoring.rarity import count_terms
from matching.scoring.records import Part, Score, TermCounts
from matching.scoring.rules import (
    MOST_DOMAIN,
    MOST_WORDS,
    domain_fit,
    place,
    subject_part,
    value_band,
    words_fit,
)
from matching.scoring.vocabulary import CONCEPTS, DOMAINS
from matching.scoring.words import english_units

# Stored with every match. Change it whenever a score may come out differently.
SCORER_VERSION = "1"

# Value and place count in full from this many subject points on, and in proportion below.
_FULL_SUBJECT = 50
_MOST_SEARCH_WORDS = 120
# A word this weak is said by every company, or is a weak term of a concept named in passing.
_LEAST_SEARCHED = 0.1
# A tender that names a domain as weakly as this (0–1) isn't about it.
_LEAST_NAMED = 0.3


def score(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> Score:
    """How well a tender fits a profile, 0–100, as parts that add up to it.

    The subject is compared by concept and by word; value and place count only as far as the subject fits.
    """
    parts: list[Part] = [
        subject_part("domain", domain_fit(wanted, offered, counts), MOST_DOMAIN),
        subject_part("words", words_fit(wanted, offered, counts), MOST_WORDS),
    ]
    subject = min(1.0, sum(part.points for part in parts) / _FULL_SUBJECT)
    for rule in (value_band, place):
        part = rule(wanted, offered, subject=subject)
        if part is not None:
            parts.append(part)
    return Score(sum(part.points for part in parts), tuple(parts))


def subject_score(wanted: PreparedWanted, offered: PreparedOffered, counts: TermCounts) -> float:
    """The subject parts of the score alone, before rounding: for ranking and for measuring."""
    return (
        MOST_DOMAIN * domain_fit(wanted, offered, counts).share
        + MOST_WORDS * words_fit(wanted, offered, counts).share
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
    "PreparedOffered",
    "PreparedWanted",
    "count_terms",
    "domain_name",
    "domains_offered",
    "prepare_offered",
    "prepare_wanted",
    "score",
    "search_words",
    "subject_score",
]

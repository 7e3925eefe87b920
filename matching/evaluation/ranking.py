"""Ranks a corpus for profiles, as the product would, by subject alone."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from matching.scoring.engine import (
    Meanings,
    PreparedOffered,
    PreparedWanted,
    count_terms,
    prepare_offered,
    prepare_wanted,
    subject_margin,
)
from matching.scoring.records import Offered, TermCounts, Wanted
from matching.scoring.vocabulary import CONCEPTS

# Margins are written with so many decimals, and ranked as they are written.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Corpus:
    """Tenders read once, by their ids."""

    tenders: Mapping[str, PreparedOffered]
    counts: TermCounts


def read_corpus(tenders: Mapping[str, Offered], meanings: Meanings | None) -> Corpus:
    said = meanings.of_offered(list(tenders.values())) if meanings else [None] * len(tenders)
    prepared = {
        identifier: prepare_offered(tender, meaning)
        for (identifier, tender), meaning in zip(tenders.items(), said, strict=True)
    }
    return Corpus(prepared, count_terms(prepared.values()))


def read_profile(profile: Wanted, meanings: Meanings | None) -> PreparedWanted:
    return prepare_wanted(profile, meanings.of_wanted(profile) if meanings else None)


def rank(profile: PreparedWanted, corpus: Corpus, *, top: int) -> list[tuple[str, float]]:
    """The tenders that fit best and their margins, best first, equals by id; none without fit."""
    scored = (
        (identifier, round(subject_margin(profile, tender, corpus.counts), DECIMALS))
        for identifier, tender in corpus.tenders.items()
    )
    fitting = (pair for pair in scored if pair[1] > 0)
    return heapq.nsmallest(top, fitting, key=lambda pair: (-pair[1], pair[0]))


def strongest_concept(profile: PreparedWanted) -> str | None:
    """The concept a profile names most."""
    if not profile.concepts:
        return None
    return max(profile.concepts, key=lambda slug: (profile.concepts[slug].weight, slug))


def strongest_field(profile: PreparedWanted) -> str | None:
    """The solution domain whose concepts a profile names most, all together."""
    weights: defaultdict[str, float] = defaultdict(float)
    for slug, mention in profile.concepts.items():
        weights[CONCEPTS[slug].domain] += mention.weight
    return max(weights, key=lambda domain: (weights[domain], domain), default=None)


def without_strongest_concept(profile: PreparedWanted, corpus: Corpus) -> tuple[PreparedWanted, Corpus]:
    """Both as they would be read if the vocabulary lacked the concept that the profile names most."""
    slug = strongest_concept(profile)
    return _without(profile, corpus, frozenset({slug} if slug else ()))


def without_strongest_field(profile: PreparedWanted, corpus: Corpus) -> tuple[PreparedWanted, Corpus]:
    """Both as they would be read if the vocabulary lacked every concept of the profile's strongest field."""
    domain = strongest_field(profile)
    return _without(profile, corpus, {slug for slug, concept in CONCEPTS.items() if concept.domain == domain})


def _without(
    profile: PreparedWanted, corpus: Corpus, unknown: Collection[str]
) -> tuple[PreparedWanted, Corpus]:
    if not unknown:
        return profile, corpus
    tenders = {
        identifier: replace(tender, concepts={s: m for s, m in tender.concepts.items() if s not in unknown})
        if not tender.concepts.keys().isdisjoint(unknown)
        else tender
        for identifier, tender in corpus.tenders.items()
    }
    reread = prepare_wanted(profile.wanted, profile.meaning, unknown=unknown)
    return reread, Corpus(tenders, corpus.counts)

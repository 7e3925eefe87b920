"""From a few judged tenders to what a company leans towards, and away from (after Rocchio)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import TypeAlias

import numpy as np

from matching.scoring.meaning import Vectors
from matching.scoring.prepare import PreparedOffered
from matching.scoring.rarity import rarity
from matching.scoring.records import TermCounts

Weights: TypeAlias = Mapping[str, float]

# How much concepts, words and meaning count in how alike two tenders are: without vectors, and with them.
_SHARES = (0.5, 0.5, 0.0)
_SHARES_WITH_VECTORS = (0.35, 0.35, 0.3)
# Few verdicts move little: each kind counts as if there were two more that say nothing.
_SHRINKAGE = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A tender that the company called relevant, or nothing in its field."""

    offered: PreparedOffered
    is_relevant: bool


@dataclass(frozen=True, slots=True)
class Traits:
    """What a tender is about, so that two can be compared: both mappings are of unit length."""

    concepts: Weights  # by slug
    words: Weights  # by stem
    vector: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Leaning:
    """The mean traits of the judged tenders of one kind, shrunk, and in how many of them each stands."""

    traits: Traits
    concept_counts: Mapping[str, int]
    word_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Taste:
    """What a company leans towards and away from."""

    towards: Leaning
    away: Leaning


def learn(judged: Sequence[Judged], counts: TermCounts) -> Taste | None:
    """What the verdicts have in common; None without any. The order of the verdicts doesn't matter."""
    if not judged:
        return None
    # Meaning counts when it is known of every judged tender, or one would be liked for having been read.
    has_meaning = all(each.offered.meaning is not None for each in judged)
    traits = [
        (
            traits_of(each.offered if has_meaning else replace(each.offered, meaning=None), counts),
            each.is_relevant,
        )
        for each in judged
    ]
    return Taste(
        _leaning([of for of, is_relevant in traits if is_relevant]),
        _leaning([of for of, is_relevant in traits if not is_relevant]),
    )


def traits_of(offered: PreparedOffered, counts: TermCounts) -> Traits:
    """What a tender is about; rare words say more of it."""
    return Traits(
        _unit({slug: mention.weight for slug, mention in offered.concepts.items()}),
        _unit({stem: said.weight * rarity(stem, counts) for stem, said in offered.words.items()}),
        None if offered.meaning is None else offered.meaning.vector,
    )


def shares_for(traits: Traits, leaning: Leaning) -> tuple[float, float, float]:
    """What concepts, words and meaning count in comparing these two."""
    both = traits.vector is not None and leaning.traits.vector is not None
    return _SHARES_WITH_VECTORS if both else _SHARES


def _leaning(traits: Sequence[Traits]) -> Leaning:
    share = 1 / (len(traits) + _SHRINKAGE)
    vectors = [each.vector for each in traits if each.vector is not None]
    return Leaning(
        Traits(
            _sum((each.concepts for each in traits), share),
            _sum((each.words for each in traits), share),
            np.sum(vectors, axis=0) * share if vectors else None,
        ),
        Counter(slug for each in traits for slug in each.concepts),
        Counter(stem for each in traits for stem in each.words),
    )


def _sum(mappings: Iterable[Weights], share: float) -> Weights:
    total: dict[str, float] = {}
    for mapping in mappings:
        for key, weight in mapping.items():
            total[key] = total.get(key, 0.0) + weight * share
    return total


def _unit(weights: Weights) -> Weights:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items() if weight} if length else {}

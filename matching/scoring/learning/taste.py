"""From a few judged tenders to what a company leans towards, and away from.

A verdict teaches as much as it surprises: "relevant" on a tender with a 90 says hardly anything, "not our
field" says much. What is learnt is a logistic regression that starts from the score itself (a Gaussian
process over how alike two tenders are). It is made for few verdicts, and doesn't depend on their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.scoring.calibration import log_odds
from matching.scoring.engine import PreparedOffered, PreparedWanted, subject_score
from matching.scoring.meaning import Vectors
from matching.scoring.rarity import rarity
from matching.scoring.records import TermCounts

Weights: TypeAlias = Mapping[str, float]

# How much concepts, words and meaning count in how alike two tenders are: without vectors, and with them.
_SHARES = (0.5, 0.5, 0.0)
_SHARES_WITH_VECTORS = (0.4, 0.4, 0.2)
# How far companies are taken to differ from their scores: the variance of the log-odds of a single tender.
_VARIANCE = 16.0
_STEPS = 8
_LEAST_CURVE = 1e-4


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
class Held:
    """In how many of the judged tenders of one kind each concept and each word stands."""

    concepts: Mapping[str, int]
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Taste:
    """What each trait of a tender adds to the log-odds of its score, or takes away."""

    pull: Traits
    relevant: Held
    dismissed: Held


def learn(judged: Sequence[Judged], wanted: PreparedWanted, counts: TermCounts) -> Taste | None:
    """What the verdicts say beyond the scores; None without any. The order of the verdicts doesn't matter."""
    if not judged:
        return None
    # Meaning counts when it is known of every judged tender, or one would be liked for having been read.
    has_meaning = all(each.offered.meaning is not None for each in judged)
    read = [each.offered if has_meaning else replace(each.offered, meaning=None) for each in judged]
    traits = [traits_of(offered, counts) for offered in read]
    shares = _SHARES_WITH_VECTORS if has_meaning else _SHARES
    scored = np.array([log_odds(subject_score(wanted, each.offered, counts)) for each in judged])
    relevant = np.array([each.is_relevant for each in judged])
    surprises = _surprises(_alike(traits, shares), scored, relevant)
    concepts, words, meaning = (_VARIANCE * share for share in shares)
    return Taste(
        Traits(
            _sum((each.concepts for each in traits), concepts * surprises),
            _sum((each.words for each in traits), words * surprises),
            np.stack(vectors).T @ (meaning * surprises).astype(np.float32)
            if (vectors := [each.vector for each in traits if each.vector is not None])
            else None,
        ),
        _held(of for of, is_relevant in zip(traits, relevant, strict=True) if is_relevant),
        _held(of for of, is_relevant in zip(traits, relevant, strict=True) if not is_relevant),
    )


def traits_of(offered: PreparedOffered, counts: TermCounts) -> Traits:
    """What a tender is about; rare words say more of it."""
    return Traits(
        _unit({slug: mention.weight for slug, mention in offered.concepts.items()}),
        _unit({stem: said.weight * rarity(stem, counts) for stem, said in offered.words.items()}),
        None if offered.meaning is None else offered.meaning.vector,
    )


def dot(some: Weights, others: Weights) -> float:
    """What two have in common, key by key."""
    smaller, larger = sorted((some, others), key=len)
    return sum(weight * larger.get(key, 0.0) for key, weight in smaller.items())


def _surprises(alike: NDArray[Any], scored: NDArray[Any], relevant: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What is left of each verdict, -1 to 1, once all of them have moved the scores (Newton's method)."""
    spread = _VARIANCE * alike
    left = np.zeros(len(scored))
    for _ in range(_STEPS):
        moved = spread @ left
        chance = 1 / (1 + np.exp(-(scored + moved)))
        curve = np.maximum(chance * (1 - chance), _LEAST_CURVE)
        aim = curve * moved + relevant - chance
        root = np.sqrt(curve)
        inner = np.eye(len(scored)) + root[:, None] * spread * root
        left = aim - root * np.linalg.solve(inner, root * (spread @ aim))
    return left


def _alike(traits: Sequence[Traits], shares: tuple[float, float, float]) -> NDArray[np.float64]:
    concepts, words, meaning = shares
    alike = np.array(
        [
            [
                concepts * dot(one.concepts, other.concepts) + words * dot(one.words, other.words)
                for other in traits
            ]
            for one in traits
        ]
    )
    if meaning:
        vectors = np.stack([each.vector for each in traits if each.vector is not None])
        alike += meaning * (vectors @ vectors.T)
    return alike


def _held(traits: Iterable[Traits]) -> Held:
    concepts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for each in traits:
        concepts.update(each.concepts.keys())
        words.update(each.words.keys())
    return Held(concepts, words)


def _sum(mappings: Iterable[Weights], shares: Iterable[float]) -> Weights:
    total: dict[str, float] = {}
    for mapping, share in zip(mappings, shares, strict=True):
        for key, weight in mapping.items():
            total[key] = total.get(key, 0.0) + weight * float(share)
    return total


def _unit(weights: Weights) -> Weights:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items() if weight} if length else {}

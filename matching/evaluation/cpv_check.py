"""The third check: a Swedish label finds its English one, the lexicon learnt from the other labels."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.scoring.classification import Labels
from matching.scoring.cpv_file import learn_from
from matching.scoring.meaning import TextEncoder, Vectors

_SEED = 7
_NEIGHBOURS = 10
_NEARNESS_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class CpvFigures:
    labels: int
    recall_at_1: float
    recall_at_10: float
    reciprocal_rank: float


def check_cpv(labels: Sequence[Labels], encoder: TextEncoder, *, tested: int = 1_000) -> CpvFigures:
    """Rank all English labels for some Swedish ones: as meanings are compared in scoring.

    A Swedish label is read as it stands and word by word in English, and what lies near many Swedish labels
    loses as much as that.
    """
    order = list(range(len(labels)))
    random.Random(_SEED).shuffle(order)  # noqa: S311  # for a sample, not for a secret
    asked, known = order[:tested], [labels[number] for number in order[tested:]]
    learnt = learn_from(known)

    def read(some: Sequence[Labels]) -> Vectors:
        as_it_stands = _own(encoder.encode([each.sv for each in some]), swedish)
        word_by_word = _own(encoder.encode([learnt.gloss(each.sv) for each in some]), english)
        return _unit(as_it_stands + word_by_word)

    english = encoder.encode([each.en for each in labels]).mean(axis=0)
    swedish = encoder.encode([each.sv for each in known]).mean(axis=0)
    every = _own(encoder.encode([each.en for each in labels]), english)
    near = every @ read(known).T
    nearness = np.partition(near, -_NEIGHBOURS, axis=1)[:, -_NEIGHBOURS:].mean(axis=1)
    scores = read([labels[number] for number in asked]) @ every.T - _NEARNESS_SHARE * nearness
    own = scores[np.arange(len(asked)), asked]
    ranks = 1 + (scores > own[:, None]).sum(axis=1)
    return CpvFigures(
        len(labels),
        float((ranks == 1).mean()),
        float((ranks <= _NEIGHBOURS).mean()),
        float((1 / ranks).mean()),
    )


def _own(vectors: Vectors, mean: Vectors) -> Vectors:
    return _unit(vectors - mean)


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit

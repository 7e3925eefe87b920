"""A second stage learnt from some bidders, and what it is worth for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.evaluation.bids.contest import Contest
from matching.evaluation.bids.nearness import Matrix

Found = Mapping[str, Matrix]

# The best of each of these measures, as far as the second stage may know them.
_FIRST_STAGE = ("tfidf", "texts", "kinds, sharply", "all", "where", "buyer gain")
_CANDIDATES = 150
_UNSEEN = -1e9
_ROUNDS = 200
# Several are learnt, each from other tenders that a bidder left alone, and their means taken.
_LEARNT = 3
_LEFT_ALONE = 120


@dataclass(frozen=True, slots=True)
class Figures:
    ndcg_at_10: float
    recall_at_20: float
    reciprocal_rank: float


@dataclass(frozen=True, slots=True)
class SecondStage:
    """LambdaMART by some measures. More of any never lowers a score."""

    names: tuple[str, ...]
    firsts: tuple[str, ...]
    learnt: tuple[Any, ...]

    def rank(self, found: Found, bidders: Sequence[int]) -> Matrix:
        """Scores of these bidders' candidates; what is no candidate comes last."""
        rows = _Rows(found, self.names, self.firsts)
        scores = np.full(next(iter(found.values())).shape, _UNSEEN, np.float32)
        for bidder in bidders:
            candidates = rows.candidates(bidder)
            columns = rows.columns(bidder, candidates)
            scores[bidder, candidates] = np.mean([each.predict(columns) for each in self.learnt], axis=0)
        return scores


class _Rows:
    def __init__(self, found: Found, names: Sequence[str], firsts: Sequence[str]) -> None:
        self._found, self._names, self._firsts = found, names, firsts
        self._standard = {name: _standardised(found[name]) for name in names}

    def candidates(self, bidder: int) -> NDArray[np.int64]:
        scores = [self._found[name][bidder] for name in self._firsts]
        few = min(_CANDIDATES, len(scores[0]))
        return np.unique(np.concatenate([np.argpartition(-row, few - 1)[:few] for row in scores]))

    def columns(self, bidder: int, candidates: NDArray[Any]) -> NDArray[np.float32]:
        """Each measure as it is, and against the bidder's other tenders."""
        return np.stack(
            [
                matrix[name][bidder][candidates]
                for matrix in (self._standard, self._found)
                for name in self._names
            ],
            axis=1,
        )


def learn(contest: Contest, found: Found, names: Sequence[str], bidders: Sequence[int]) -> SecondStage:
    """A second stage from these bidders' tenders, by those of the measures that were found."""
    known = tuple(name for name in names if name in found)
    firsts = tuple(name for name in _FIRST_STAGE if name in found and (name in known or name == "tfidf"))
    rows = _Rows(found, known, firsts)
    return SecondStage(known, firsts, tuple(_learnt(contest, rows, bidders, seed) for seed in range(_LEARNT)))


def _learnt(contest: Contest, rows: _Rows, bidders: Sequence[int], seed: int) -> Any:
    import lightgbm  # noqa: PLC0415  # of requirements/bench.in

    wanted = _wanted(contest)
    chance = np.random.default_rng(seed)
    columns, labels, groups = [], [], []
    for bidder in bidders:
        candidates = rows.candidates(bidder)
        bid_on = np.isin(candidates, wanted[bidder])
        if not bid_on.any():
            continue
        left = np.flatnonzero(~bid_on)
        some = chance.choice(left, min(_LEFT_ALONE, len(left)), replace=False)
        chosen = np.concatenate([np.flatnonzero(bid_on), some])
        columns.append(rows.columns(bidder, candidates[chosen]))
        labels.append(bid_on[chosen])
        groups.append(len(chosen))
    ranker = lightgbm.LGBMRanker(
        n_estimators=_ROUNDS,
        learning_rate=0.05,
        num_leaves=15,
        min_child_samples=60,
        subsample=0.8,
        subsample_freq=1,
        colsample_bytree=0.4,
        monotone_constraints=[1] * columns[0].shape[1],
        lambdarank_truncation_level=20,
        random_state=seed,
        deterministic=True,
        n_jobs=1,
        verbose=-1,
    )
    ranker.fit(np.concatenate(columns), np.concatenate(labels).astype(int), group=groups)
    return ranker


def figures(contest: Contest, scores: Matrix, bidders: Sequence[int]) -> Figures:
    """Of these bidders. Equals stand in an order by chance, the same every time."""
    wanted = _wanted(contest)
    noise = np.random.default_rng(0).random(len(contest.pool)) * 1e-6
    discounts = 1 / np.log2(np.arange(2, 12))
    measured = []
    for bidder in bidders:
        order = np.argsort(-(scores[bidder] + noise))
        hits = np.isin(order, wanted[bidder])
        ideal = discounts[: min(10, len(wanted[bidder]))].sum()
        first = hits[:10]
        measured.append(
            (
                (first * discounts[: len(first)]).sum() / ideal,
                hits[:20].sum() / min(20, len(wanted[bidder])),
                1 / (1 + int(hits.argmax())),
            )
        )
    return Figures(*(float(value) for value in np.mean(measured, axis=0)))


def told_and_true(contest: Contest, scores: Matrix, bidders: Sequence[int]) -> list[list[tuple[float, bool]]]:
    """Of each of these bidders: its candidates' scores, and whether it bid."""
    wanted = _wanted(contest)
    pairs = []
    for bidder in bidders:
        seen = np.flatnonzero(scores[bidder] > _UNSEEN)
        true = np.isin(seen, wanted[bidder])
        pairs.append([(float(s), bool(t)) for s, t in zip(scores[bidder][seen], true, strict=True)])
    return pairs


def _wanted(contest: Contest) -> list[list[int]]:
    place = {number: column for column, number in enumerate(contest.pool)}
    return [[place[number] for number in after] for after in contest.after]


def _standardised(matrix: Matrix) -> Matrix:
    standard: Matrix = (matrix - matrix.mean(axis=1, keepdims=True)) / (
        matrix.std(axis=1, keepdims=True) + 1e-6
    )
    return standard

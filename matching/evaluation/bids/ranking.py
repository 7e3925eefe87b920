"""A second stage learnt from half of the bidders and measured on the other half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.evaluation.bids.contest import Contest
from matching.evaluation.bids.nearness import Matrix

_CANDIDATES = 200
_FIRST_STAGE = ("tfidf", "tfidf best", "meaning", "buyer", "pincode", "text and place")
_UNSEEN = -1e9
_ROUNDS = 300


@dataclass(frozen=True, slots=True)
class Figures:
    ndcg_at_10: float
    recall_at_20: float
    reciprocal_rank: float


def learn_and_rank(contest: Contest, found: Mapping[str, Matrix], names: Sequence[str]) -> Matrix:
    """Scores of the second half's candidates by these measures. More of any never lowers a score."""
    import lightgbm  # noqa: PLC0415  # of requirements/bench.in

    known = [name for name in names if name in found]
    firsts = [name for name in _FIRST_STAGE if name in known]
    standard = {name: _standardised(found[name]) for name in known}

    def rows(bidder: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        candidates = _candidates([found[name][bidder] for name in firsts])
        columns = [matrix[name][bidder][candidates] for matrix in (standard, found) for name in known]
        return candidates, np.stack(columns, axis=1)

    learning = [(bidder, *rows(bidder)) for bidder in range(contest.half)]
    place = {number: column for column, number in enumerate(contest.pool)}
    ranker = lightgbm.LGBMRanker(
        n_estimators=_ROUNDS,
        learning_rate=0.04,
        num_leaves=15,
        min_child_samples=80,
        subsample=0.8,
        subsample_freq=1,
        colsample_bytree=0.4,
        monotone_constraints=[1] * (2 * len(known)),
        lambdarank_truncation_level=20,
        random_state=0,
        deterministic=True,
        n_jobs=1,
        verbose=-1,
    )
    ranker.fit(
        np.concatenate([columns for _, _, columns in learning]),
        np.concatenate(
            [np.isin(candidates, _wanted(contest, bidder, place)) for bidder, candidates, _ in learning]
        ).astype(int),
        group=[len(candidates) for _, candidates, _ in learning],
    )
    scores = np.full(next(iter(found.values())).shape, _UNSEEN, np.float32)
    for bidder in range(contest.half, len(contest.before)):
        candidates, columns = rows(bidder)
        scores[bidder, candidates] = ranker.predict(columns)
    return scores


def figures(contest: Contest, scores: Matrix) -> Figures:
    """Of the second half. Equals stand in an order by chance, the same every time."""
    place = {number: column for column, number in enumerate(contest.pool)}
    noise = np.random.default_rng(0).random(len(contest.pool)) * 1e-6
    discounts = 1 / np.log2(np.arange(2, 12))
    measured = []
    for bidder in range(contest.half, len(contest.before)):
        wanted = _wanted(contest, bidder, place)
        order = np.argsort(-(scores[bidder] + noise))
        hits = np.isin(order, wanted)
        ideal = discounts[: min(10, len(wanted))].sum()
        measured.append(
            (
                (hits[:10] * discounts).sum() / ideal,
                hits[:20].sum() / min(20, len(wanted)),
                1 / (1 + int(hits.argmax())),
            )
        )
    return Figures(*(float(value) for value in np.mean(measured, axis=0)))


def told_and_true(contest: Contest, scores: Matrix) -> list[list[tuple[float, bool]]]:
    """Of each bidder of the second half: its candidates' scores, and whether it bid."""
    place = {number: column for column, number in enumerate(contest.pool)}
    pairs = []
    for bidder in range(contest.half, len(contest.before)):
        seen = np.flatnonzero(scores[bidder] > _UNSEEN)
        true = np.isin(seen, _wanted(contest, bidder, place))
        pairs.append([(float(s), bool(t)) for s, t in zip(scores[bidder][seen], true, strict=True)])
    return pairs


def _wanted(contest: Contest, bidder: int, place: Mapping[int, int]) -> list[int]:
    return [place[number] for number in contest.after[bidder]]


def _candidates(scores: Sequence[Matrix]) -> NDArray[np.int64]:
    few = min(_CANDIDATES, len(scores[0]))
    best = [np.argpartition(-row, few - 1)[:few] for row in scores]
    return np.unique(np.concatenate(best))


def _standardised(matrix: Matrix) -> Matrix:
    standard: Matrix = (matrix - matrix.mean(axis=1, keepdims=True)) / (
        matrix.std(axis=1, keepdims=True) + 1e-6
    )
    return standard

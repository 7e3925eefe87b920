"""How densely a bidder's earlier tenders lie around each tender of the pool, against everybody's.

A buyer that lets a thousand tenders says little of a firm that bid on three of them, and one that lets four
says much. So nearness is divided by how near all earlier tenders lie. What is near counts by a power
of a sum: of texts, of what is bought and for how much, of the buyer's offices, and of the place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.evaluation.bids.contest import Contest
from matching.evaluation.bids.nearness import Matrix, dense
from matching.evaluation.bids.reading import BidTender
from matching.scoring.meaning import Vectors

_AT_ONCE = 512  # tenders of the pool, so that memory stays bounded
# Beside a bidder's own stands one made-up bid, spread as everybody's are.
_PRIOR_BIDS = 1.0
_LEAST_SHARE = 0.5  # of the median density: what lies far from everything says nothing
_HALF_LIFE_DAYS = 365
_LEAST_VALUE = 1e3
_VALUE_WIDTH = 0.5  # powers of ten
_WHITENING_FLOOR = 1.0  # of the mean variance
_WORDS, _MEANING, _WHITENED = 0.5, 0.25, 0.25
_PRODUCT, _VALUE, _STATE = 0.08, 0.1, 0.04


@dataclass(frozen=True, slots=True)
class Kernel:
    """What counts how much in how near two tenders lie, and how sharply nearness counts."""

    sharpness: float
    text: float = 1.0
    kind: float = 0.0
    buyer: float = 0.0
    place: float = 0.0
    is_latest_first: bool = False


OF_TEXT = {
    "texts": Kernel(3),
    "texts, sharply": Kernel(5),
    "texts lately": Kernel(4, is_latest_first=True),
}
OF_KIND = {
    "kinds": Kernel(3, kind=1),
    "kinds, sharply": Kernel(5, kind=1),
    "kinds lately": Kernel(4, kind=1, is_latest_first=True),
}
OF_ALL = {
    "all, softly": Kernel(3, kind=1, buyer=1, place=1),
    "all": Kernel(4.5, kind=1, buyer=1, place=1),
    "all, sharply": Kernel(7, kind=1, buyer=1, place=1),
    "all lately": Kernel(4.5, kind=1, buyer=1, place=1, is_latest_first=True),
    "buyers first": Kernel(5, kind=1, buyer=2),
    "places first": Kernel(5, kind=1, place=2),
    "where": Kernel(4, text=0.3, buyer=3, place=2),
}

Same = tuple[float, Callable[[BidTender], object]]
_OFFICES: tuple[Same, ...] = (
    (0.03, lambda tender: (tender.state, *tender.organisation.split("||")[:2])),
    (0.03, lambda tender: (tender.state, *tender.organisation.split("||")[:3])),
    (0.12, lambda tender: (tender.state, tender.organisation)),
)
_PLACES: tuple[Same, ...] = (
    (0.05, lambda tender: tender.pincode or tender.id),
    (0.02, lambda tender: tender.pincode[:3] or tender.id),
    (0.05, lambda tender: tender.location or tender.id),
)


def densities(contest: Contest, words: Any, vectors: Vectors | None) -> dict[str, Matrix]:
    """By each kernel: the logarithm of a bidder's density around each tender, less that of everybody's.

    ``words`` are rows of unit length for all tenders, ``vectors`` what they mean, if that is known.
    """
    earlier = np.array([n for n, t in enumerate(contest.tenders) if t.published_at < contest.split_at])
    market = _Market(contest, earlier, words, vectors)
    bids = _bids_of(contest, earlier)
    kernels = OF_TEXT | OF_KIND | OF_ALL
    own: dict[str, list[Any]] = {name: [] for name in kernels}
    everybody: dict[str, list[Any]] = {name: [] for name in kernels}
    pool = np.array(contest.pool)
    for start in range(0, len(pool), _AT_ONCE):
        parts = market.parts(pool[start : start + _AT_ONCE])
        for name, kernel in kernels.items():
            near = market.near(parts, kernel)
            own[name].append(dense(bids @ near.T))
            everybody[name].append(near.mean(axis=1))
    counts = np.array([len(before) for before in contest.before], np.float32)[:, None]
    return {
        name: _against(np.concatenate(own[name], axis=1), np.concatenate(everybody[name]), counts)
        for name in kernels
    }


@dataclass(frozen=True, slots=True)
class _Parts:
    """How near some tenders of the pool (rows) lie to the earlier ones (columns), in each respect."""

    text: Matrix
    kind: Matrix
    buyer: Matrix
    place: Matrix


class _Market:
    def __init__(self, contest: Contest, earlier: NDArray[Any], words: Any, vectors: Vectors | None) -> None:
        tenders = contest.tenders
        self._earlier, self._words = earlier, words
        self._vectors: tuple[Vectors, ...] = () if vectors is None else _both(vectors, earlier)
        self._offices = [(share, _numbered(map(same, tenders))) for share, same in _OFFICES]
        self._places = [(share, _numbered(map(same, tenders))) for share, same in _PLACES]
        self._product = _numbered(tender.product for tender in tenders)
        self._state = _numbered(tender.state for tender in tenders)
        self._size = np.array([math.log10(max(t.value_inr, _LEAST_VALUE)) for t in tenders], np.float32)
        age = np.array([(contest.split_at - tenders[n].published_at).days for n in earlier], np.float32)
        self._lateness = (0.5 ** (age / _HALF_LIFE_DAYS)).astype(np.float32)

    def parts(self, some: NDArray[Any]) -> _Parts:
        text = dense(self._words[some] @ self._words[self._earlier].T)
        if self._vectors:
            text *= _WORDS
        for share, vectors in zip((_MEANING, _WHITENED), self._vectors, strict=False):
            text += share * self._near(vectors, some)
        apart = (self._size[some][:, None] - self._size[self._earlier][None]) / _VALUE_WIDTH
        kind = _VALUE * np.exp(-0.5 * apart**2)
        kind += self._same(((_PRODUCT, self._product), (_STATE, self._state)), some)
        return _Parts(text, kind, self._same(self._offices, some), self._same(self._places, some))

    def near(self, parts: _Parts, kernel: Kernel) -> Matrix:
        near = kernel.text * parts.text + kernel.kind * parts.kind
        near += kernel.buyer * parts.buyer + kernel.place * parts.place
        near **= kernel.sharpness
        return near * self._lateness if kernel.is_latest_first else near

    def _near(self, vectors: Vectors, some: NDArray[Any]) -> Matrix:
        near: Matrix = np.maximum(vectors[some] @ vectors[self._earlier].T, 0)
        return near

    def _same(self, shares: Iterable[tuple[float, NDArray[Any]]], some: NDArray[Any]) -> Matrix:
        same = np.zeros((len(some), len(self._earlier)), np.float32)
        for share, numbers in shares:
            same += np.float32(share) * (numbers[some][:, None] == numbers[self._earlier][None])
        return same


def _bids_of(contest: Contest, earlier: NDArray[Any]) -> Any:
    """A matrix that takes nearness to the earlier tenders to its mean over each bidder's own."""
    from scipy import sparse  # noqa: PLC0415  # of requirements/bench.in

    place = {number: column for column, number in enumerate(earlier.tolist())}
    cells = [
        (bidder, place[number], 1 / len(before))
        for bidder, before in enumerate(contest.before)
        for number in before
    ]
    rows, columns, values = zip(*cells, strict=True)
    return sparse.csr_matrix(
        (np.array(values, np.float32), (rows, columns)), shape=(len(contest.before), len(earlier))
    )


def _against(own: Matrix, everybody: NDArray[Any], counts: NDArray[Any]) -> Matrix:
    usual = everybody + _LEAST_SHARE * np.median(everybody) + 1e-12
    against: Matrix = np.log((own * counts + _PRIOR_BIDS * usual) / ((counts + _PRIOR_BIDS) * usual))
    return against.astype(np.float32)


def _both(vectors: Vectors, earlier: NDArray[Any]) -> tuple[Vectors, Vectors]:
    """Vectors about the mean of the earlier tenders; and so that all directions vary about as much."""
    plain = _unit(vectors - vectors[earlier].mean(axis=0))
    variances, directions = np.linalg.eigh(np.cov(plain[earlier].T))
    floor = _WHITENING_FLOOR * variances.mean()
    return plain, _unit((plain @ (directions / np.sqrt(np.maximum(variances, 0) + floor))).astype(np.float32))


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def _numbered(values: Iterable[object]) -> NDArray[Any]:
    known: dict[object, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values])

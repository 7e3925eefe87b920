"""Tenders as rows of what they hold, and how near those lie to each bidder's earlier ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.evaluation.bids.contest import Contest

Matrix: TypeAlias = NDArray[np.float32]  # a row for each bidder, a column for each tender of the pool


def rows_of(documents: Iterable[Iterable[str]]) -> Any:
    """How often each document holds each name, as a sparse matrix."""
    from scipy import sparse  # noqa: PLC0415  # of requirements/bench.in

    names: dict[str, int] = {}
    counted = [Counter(document) for document in documents]
    cells = [
        (number, names.setdefault(name, len(names)), times)
        for number, counts in enumerate(counted)
        for name, times in counts.items()
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix(
        (np.array(values, np.float32), (rows, columns)), shape=(len(counted), max(1, len(names)))
    )


def rarity(counts: Any, pool: Sequence[int]) -> NDArray[np.float32]:
    """How rare each name is among the tenders of the pool."""
    holding = np.asarray((counts[list(pool)] > 0).sum(axis=0)).ravel()
    rare: NDArray[np.float32] = np.log(1 + (len(pool) - holding + 0.5) / (holding + 0.5)).astype(np.float32)
    return rare


def weighted(counts: Any, pool: Sequence[int]) -> Any:
    """Rows of unit length, rare names first."""
    from scipy import sparse  # noqa: PLC0415

    flattened = counts.copy()
    flattened.data = 1 + np.log(flattened.data)
    rows = flattened.multiply(rarity(counts, pool)).tocsr()
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.maximum(length, 1e-9)) @ rows).tocsr()


def near_middle(rows: Any, contest: Contest) -> Matrix:
    """The cosine with the mean of a bidder's earlier tenders."""
    middles = averaging(contest) @ rows
    lengths = np.sqrt(np.asarray(_squared(middles).sum(axis=1)).ravel()).astype(np.float32)
    near: Matrix = dense(middles @ rows[list(contest.pool)].T) / np.maximum(lengths, 1e-9)[:, None]
    return near


def near_best(rows: Any, contest: Contest, most: int) -> Matrix:
    """The cosine with the nearest of a bidder's earlier tenders, or the mean of the nearest few."""
    pool = rows[list(contest.pool)].T
    best = []
    for before in contest.before:
        near = dense(rows[list(before)] @ pool)
        best.append(np.sort(near, axis=0)[-most:].mean(axis=0))
    return np.stack(best)


def averaging(contest: Contest) -> Any:
    """A matrix that takes rows of tenders to the mean of each bidder's earlier ones."""
    from scipy import sparse  # noqa: PLC0415

    cells = [
        (bidder, number, 1 / len(before)) for bidder, before in enumerate(contest.before) for number in before
    ]
    rows, columns, values = zip(*cells, strict=True)
    return sparse.csr_matrix(
        (np.array(values, np.float32), (rows, columns)), shape=(len(contest.before), len(contest.tenders))
    )


def _squared(matrix: Any) -> Any:
    return matrix.multiply(matrix) if hasattr(matrix, "multiply") else matrix * matrix


def dense(matrix: Any) -> Matrix:
    full: Matrix = np.asarray(matrix.toarray() if hasattr(matrix, "toarray") else matrix, np.float32)
    return full

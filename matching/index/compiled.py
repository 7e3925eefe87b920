"""The inner loops, compiled at their first use and kept. One thread: it is processes that share the cores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Loop = TypeVar("Loop", bound=Callable[..., Any])

# Sums may be added up in any order, which lets the processor add sixteen at once. Infinity stays what it is.
_FREEDOM = {"reassoc", "contract"}


def compiled(loop: Loop) -> Loop:
    """Compile at the first call, and keep it for later processes."""
    return cast("Loop", numba.njit(fastmath=_FREEDOM, nogil=True, cache=True)(loop))


@compiled
def add_lists(
    scores: NDArray[np.float32],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    weights: NDArray[np.float32],
    list_rows: NDArray[np.int32],
    list_weights: NDArray[np.float32],
) -> None:
    """Add to each row's score what it has in common with a query, term by term."""
    for term in range(len(begin)):
        weight = weights[term]
        for place in range(begin[term], end[term]):
            scores[list_rows[place]] += weight * list_weights[place]


@compiled
def add_products(
    scores: NDArray[np.float32],
    dense: NDArray[np.int8],
    scale: NDArray[np.float32],
    query: NDArray[np.float32],
) -> None:
    """Add to each row's score the product of its vector and the query's."""
    for row in range(dense.shape[0]):
        total = np.float32(0)
        for place in range(dense.shape[1]):
            total += np.float32(dense[row, place]) * query[place]
        scores[row] += total * scale[row]


@compiled
def let_sink(best: NDArray[np.float32], numbers: NDArray[np.int64], score: np.float32, number: int) -> None:
    """Put a score in the place of the least in a heap whose least stands first."""
    place = 0
    while True:
        child = 2 * place + 1
        if child >= len(best):
            break
        if child + 1 < len(best) and best[child + 1] < best[child]:
            child += 1
        if best[child] >= score:
            break
        best[place] = best[child]
        numbers[place] = numbers[child]
        place = child
    best[place] = score
    numbers[place] = number


@compiled
def add_lists_to_block(
    block: NDArray[np.float32],
    starts: NDArray[np.int64],
    weights: NDArray[np.float32],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    list_rows: NDArray[np.int32],
    list_weights: NDArray[np.float32],
) -> None:
    """As ``add_lists``, for a block of queries, one a line."""
    for query in range(block.shape[0]):
        line = block[query]
        for term in range(starts[query], starts[query + 1]):
            weight = weights[term]
            for place in range(begin[term], end[term]):
                line[list_rows[place]] += weight * list_weights[place]


@compiled
def keep_best_of_block(
    block: NDArray[np.float32],
    numbers: NDArray[np.int64],
    best: NDArray[np.float32],
    best_numbers: NDArray[np.int64],
) -> None:
    """Keep the best of each column, in a heap a column. A line's number below 0 leaves the line out."""
    columns = block.shape[1]
    # A stripe at a time, so that its heaps stay in the cache.
    for stripe in range(0, columns, 256):
        stop = min(stripe + 256, columns)
        least = best[stripe:stop, 0].copy()
        for line in range(block.shape[0]):
            if numbers[line] < 0:
                continue
            better = 0
            for column in range(stripe, stop):
                better += block[line, column] > least[column - stripe]
            if better:
                for column in range(stripe, stop):
                    if block[line, column] > least[column - stripe]:
                        let_sink(best[column], best_numbers[column], block[line, column], numbers[line])
                        least[column - stripe] = best[column, 0]

"""The inner loops of :mod:`matching.index.compiled` without a compiler: the same results, only slower."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.index.asked import Sought
from matching.index.records import Floats, Numbers

_ROWS_AT_ONCE = 20_000


def add_lists(
    scores: Floats,
    begin: Numbers,
    end: Numbers,
    weights: Floats,
    list_rows: NDArray[np.int32],
    list_weights: Floats,
) -> None:
    for first, last, weight in zip(begin.tolist(), end.tolist(), weights, strict=True):
        # No row stands twice in a list, so all can be added to at once.
        scores[list_rows[first:last]] += weight * list_weights[first:last]


def add_products(scores: Floats, dense: NDArray[np.int8], scale: Floats, query: Floats) -> None:
    for first in range(0, len(dense), _ROWS_AT_ONCE):
        rows = slice(first, first + _ROWS_AT_ONCE)
        scores[rows] += (dense[rows].astype(np.float32) @ query) * scale[rows]


def find_best(parts: Sequence[Sought], now: int, best: Floats, numbers: Numbers) -> None:
    for held, asked, first in parts:
        scores = np.zeros(len(held.until), np.float32)
        if len(asked.dense):
            add_products(scores, held.dense, held.scale, asked.dense)
        add_lists(scores, asked.begin, asked.end, asked.weights, held.list_rows, held.list_weights)
        rows = np.flatnonzero((scores > best.min()) & (held.until > now))
        _merge(scores[rows], rows + first, best, numbers)


def add_lists_to_block(
    block: Floats,
    starts: Numbers,
    weights: Floats,
    begin: Numbers,
    end: Numbers,
    list_rows: NDArray[np.int32],
    list_weights: Floats,
) -> None:
    for query, line in enumerate(block):
        own = slice(starts[query], starts[query + 1])
        add_lists(line, begin[own], end[own], weights[own], list_rows, list_weights)


def keep_best_of_block(block: Floats, numbers: Numbers, best: Floats, best_numbers: Numbers) -> None:
    counted = numbers >= 0
    for column in range(block.shape[1]):
        _merge(block[counted, column], numbers[counted], best[column], best_numbers[column])


def _merge(scores: Floats, rows: Numbers, best: Floats, numbers: Numbers) -> None:
    """Replace the least of ``best`` by what is better."""
    all_scores = np.concatenate([best, scores])
    all_numbers = np.concatenate([numbers, rows])
    kept = np.argpartition(all_scores, -len(best))[-len(best) :]
    best[:], numbers[:] = all_scores[kept], all_numbers[kept]

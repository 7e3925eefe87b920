"""The compiled loops and the plain ones say the same."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from matching.index import plain

compiled = pytest.importorskip("matching.index.compiled", reason="there is no compiler for this machine")

ROWS, WIDTH, TERMS, LINES = 700, 24, 30, 9
NOW = 50


def lists(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For each term the rows it is in."""
    rows = [np.sort(chance.choice(ROWS, chance.integers(0, 60), replace=False)) for _ in range(TERMS)]
    ends = np.cumsum([len(found) for found in rows])
    begins = np.concatenate([[0], ends[:-1]])
    joined = np.concatenate(rows).astype(np.int32)
    return begins, ends, joined, chance.random(len(joined), dtype=np.float32)


def one_query(loops: ModuleType) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(1)
    begins, ends, rows, weights = lists(chance)
    scores = np.zeros(ROWS, np.float32)
    loops.add_lists(scores, begins, ends, chance.random(TERMS, dtype=np.float32), rows, weights)
    dense = chance.integers(-127, 128, (ROWS, WIDTH), dtype=np.int8)
    loops.add_products(
        scores, dense, chance.random(ROWS, dtype=np.float32), chance.random(WIDTH, dtype=np.float32)
    )
    best, numbers = np.full(25, -np.inf, np.float32), np.full(25, -1, np.int64)
    loops.keep_best(scores, chance.integers(0, 100, ROWS), NOW, 1_000, best, numbers)
    order = np.argsort(-best)
    return scores, best[order], numbers[order]


def one_block(loops: ModuleType) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(2)
    begins, ends, rows, weights = lists(chance)
    block = chance.standard_normal((LINES, ROWS)).astype(np.float32)
    starts = np.linspace(0, TERMS, LINES + 1).astype(np.int64)
    loops.add_lists_to_block(
        block, starts, chance.random(TERMS, dtype=np.float32), begins, ends, rows, weights
    )
    numbers = np.arange(LINES, dtype=np.int64)
    numbers[3] = -1
    best, kept = np.full((ROWS, 4), -np.inf, np.float32), np.full((ROWS, 4), -1, np.int64)
    loops.keep_best_of_block(block, numbers, best, kept)
    order = np.argsort(-best, axis=1)
    return np.take_along_axis(best, order, axis=1), np.take_along_axis(kept, order, axis=1)


def test_one_query_is_answered_alike() -> None:
    ours, theirs = one_query(compiled), one_query(plain)

    assert ours[0] == pytest.approx(theirs[0], rel=1e-4, abs=1e-3)
    assert ours[2].tolist() == theirs[2].tolist()


def test_a_block_is_answered_alike() -> None:
    (best, kept), (plain_best, plain_kept) = one_block(compiled), one_block(plain)

    assert best == pytest.approx(plain_best, rel=1e-4, abs=1e-4)
    assert np.array_equal(kept, plain_kept)
    assert 3 not in kept

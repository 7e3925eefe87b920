"""The compiled loops and the plain ones say the same."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from matching.index import plain
from matching.index.asked import LINES as GROUP
from matching.index.asked import Asked, Held, Sought

REASON = "there is no compiler for this machine"
compiled = pytest.importorskip("matching.index.compiled", reason=REASON)
compiled_search = pytest.importorskip("matching.index.compiled_search", reason=REASON)

ROWS, WIDTH, TERMS, LINES = 700, 24, 30, 9
NOW = 50


def lists(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For each term the rows it is in."""
    rows = [np.sort(chance.choice(ROWS, chance.integers(0, 60), replace=False)) for _ in range(TERMS)]
    ends = np.cumsum([len(found) for found in rows])
    begins = np.concatenate([[0], ends[:-1]])
    joined = np.concatenate(rows).astype(np.int32)
    return begins, ends, joined, chance.random(len(joined), dtype=np.float32)


def held_and_asked(chance: np.random.Generator, *, width: int) -> tuple[Held, Asked]:
    """The ceilings of half of the terms stand for their lists."""
    begins, ends, rows, weights = lists(chance)
    ceilings = np.zeros((TERMS, ROWS), np.uint8)
    for term in range(TERMS):
        at = slice(begins[term], ends[term])
        ceilings[term, rows[at]] = np.ceil(weights[at] * 50).clip(1)
    mapped: tuple[Any, ...] = (
        chance.integers(-127, 128, (ROWS, width), dtype=np.int8),
        chance.random(ROWS, dtype=np.float32) / 127,
        rows,
        weights,
        ceilings,
        np.zeros((TERMS, 1), np.int32),
    )
    for array in mapped:
        array.flags.writeable = False  # as it is from a file, so that what is compiled for one serves here
    asked_weights = chance.random(TERMS, dtype=np.float32)
    lines = np.arange(TERMS // 2, TERMS)
    fill = (0, -len(lines) % GROUP)
    asked = Asked(
        chance.standard_normal(width).astype(np.float32),
        asked_weights,
        begins,
        ends,
        np.pad(lines, fill),
        np.pad(asked_weights[lines] / np.float32(50), fill),
        TERMS // 2,
    )
    held: tuple[Any, ...] = (chance.integers(0, 100, ROWS), *mapped, ROWS)
    return Held(*held), asked


def one_query(loops: ModuleType, width: int) -> tuple[list[float], list[int]]:
    chance = np.random.default_rng(1)
    parts = [Sought(*held_and_asked(chance, width=width), first) for first in (1_000, 1_000 + ROWS)]
    best, numbers = np.full(25, -np.inf, np.float32), np.full(25, -1, np.int64)
    loops.find_best(parts, NOW, best, numbers)
    order = np.argsort(-best)
    return best[order].tolist(), numbers[order].tolist()


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


@pytest.mark.parametrize("width", [0, WIDTH])
def test_one_query_is_answered_alike(width: int) -> None:
    (scores, numbers), (plain_scores, plain_numbers) = (
        one_query(compiled_search, width),
        one_query(plain, width),
    )

    assert scores == pytest.approx(plain_scores, rel=1e-5, abs=1e-5)
    assert numbers == plain_numbers


def test_a_block_is_answered_alike() -> None:
    (best, kept), (plain_best, plain_kept) = one_block(compiled), one_block(plain)

    assert best == pytest.approx(plain_best, rel=1e-4, abs=1e-4)
    assert np.array_equal(kept, plain_kept)
    assert 3 not in kept

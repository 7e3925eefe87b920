"""The best rows for a query, found a block at a time, so that what is added to stays in the cache.

First each row gets a sum that is never smaller than its score and only little larger: of vectors' products,
of rarer terms' lists, and of the common terms' ceilings. The best so many of these sums, less what ceilings
can add, are a bar that the best scores reach. Only rows whose sum reaches it are scored exactly, the
common terms last, as :func:`matching.index.compiled.add_lists` adds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from matching.index.asked import LINES, Asked, Held, Sought
from matching.index.compiled import add_products, compiled, let_sink
from matching.index.records import Floats, Numbers

_BLOCK = 65_536
_SCAN = 256
_WAITING = 8_192
# Sums in another order differ by a rounding. Where vectors count, parts may cancel each other out.
_ROUNDING = np.float32(1e-4)


class _Waiting(NamedTuple):
    """Rows that may be among the best, to be scored when the bar is as high as it gets."""

    rows: Numbers
    bounds: Floats
    sums: Floats  # without the common terms


def find_best(parts: Sequence[Sought], now: int, best: Floats, numbers: Numbers) -> None:
    """Keep the best scores, of rows that aren't closed, in a heap. All parts are looked through before one
    is scored closely, since the bar that the last of them sets holds for the first as well."""
    sure, of_sure = best.copy(), numbers.copy()
    waiting = [_look_through(part, now, sure, of_sure, best, numbers) for part in parts]
    for part, of_part in zip(parts, waiting, strict=True):
        _settle(of_part, len(of_part.rows), part, sure[0], best, numbers)


@compiled
def _look_through(
    part: Sought, now: int, sure: Floats, of_sure: Numbers, best: Floats, numbers: Numbers
) -> _Waiting:
    """The rows that may be among the best. Where they are too many, some are scored already."""
    held, asked = part.held, part.asked
    rows = len(held.until)
    cursors = asked.begin[: asked.rare].copy()
    sums = np.zeros(min(_BLOCK, rows), np.float32)
    ceilings = np.empty(len(sums), np.float32)
    waiting = _Waiting(
        np.empty(_WAITING, np.int64), np.empty(_WAITING, np.float32), np.empty(_WAITING, np.float32)
    )
    count = 0
    for start in range(0, rows, _BLOCK):
        stop = min(start + _BLOCK, rows)
        of_block, bounds = sums[: stop - start], ceilings[: stop - start]
        _multiply(of_block, held.dense[start:stop], held.scale[start:stop], asked)
        _add_rare(of_block, held, asked, cursors, start, stop)
        for row in range(len(bounds)):
            bounds[row] = of_block[row]
        for line in range(0, len(asked.lines), LINES):
            _add_ceilings(bounds, held.ceilings, asked.lines[line:], asked.steps[line:], start)
        _raise_bar(bounds, asked.steps.sum(), held.until[start:stop], now, sure, of_sure)
        bar = _bar(sure[0], asked)
        for begin in range(0, len(bounds), _SCAN):
            end = min(begin + _SCAN, len(bounds))
            if _count_reaching(bounds[begin:end], bar):
                if count > _WAITING - _SCAN:
                    _settle(waiting, count, part, sure[0], best, numbers)
                    count = 0
                for row in range(begin, end):
                    if bounds[row] >= bar and held.until[start + row] > now:
                        waiting.rows[count] = start + row
                        waiting.bounds[count] = bounds[row]
                        waiting.sums[count] = of_block[row]
                        count += 1
    return _Waiting(waiting.rows[:count], waiting.bounds[:count], waiting.sums[:count])


@compiled
def _multiply(sums: Floats, dense: NDArray[np.int8], scale: Floats, asked: Asked) -> None:
    for row in range(len(sums)):
        sums[row] = 0
    if len(asked.dense):
        add_products(sums, dense, scale, asked.dense)


@compiled
def _add_rare(sums: Floats, held: Held, asked: Asked, cursors: Numbers, start: int, stop: int) -> None:
    for term in range(asked.rare):
        begin = cursors[term]
        end = _first_from(held.list_rows, begin, asked.end[term], stop)
        rows, weights = held.list_rows[begin:end], held.list_weights[begin:end]
        weight = asked.weights[term]
        for place in range(len(rows)):
            # Unsigned, so that no check for counting from the end is compiled in.
            sums[np.uint64(rows[place] - start)] += weight * weights[place]
        cursors[term] = end


@compiled
def _first_from(rows: NDArray[np.int32], begin: int, end: int, row: int) -> int:
    """Where in a list, from ``begin`` to ``end``, the first row stands that isn't before this one."""
    while begin < end:
        middle = (begin + end) >> 1
        if rows[middle] < row:
            begin = middle + 1
        else:
            end = middle
    return begin


@compiled
def _add_ceilings(
    bounds: Floats, ceilings: NDArray[np.uint8], lines: Numbers, steps: Floats, start: int
) -> None:
    stop = start + len(bounds)
    first, second = ceilings[lines[0], start:stop], ceilings[lines[1], start:stop]
    third, fourth = ceilings[lines[2], start:stop], ceilings[lines[3], start:stop]
    one, two, three, four = steps[0], steps[1], steps[2], steps[3]
    for row in range(len(bounds)):
        bounds[row] += (
            one * np.float32(first[row])
            + two * np.float32(second[row])
            + three * np.float32(third[row])
            + four * np.float32(fourth[row])
        )


@compiled
def _raise_bar(
    bounds: Floats, too_much: np.float32, until: Numbers, now: int, sure: Floats, of_sure: Numbers
) -> None:
    """Keep the largest of what the rows' scores are at least."""
    for begin in range(0, len(bounds), _SCAN):
        end = min(begin + _SCAN, len(bounds))
        if _count_reaching(bounds[begin:end], sure[0] + too_much):
            for row in range(begin, end):
                if bounds[row] - too_much > sure[0] and until[row] > now:
                    let_sink(sure, of_sure, bounds[row] - too_much, 0)


@compiled
def _count_reaching(bounds: Floats, bar: np.float32) -> int:
    """A loop of its own: the processor then counts sixteen at once."""
    count = np.uint32(0)
    for row in range(len(bounds)):
        count += np.uint32(bounds[row] >= bar)
    return int(count)


@compiled
def _bar(sure: np.float32, asked: Asked) -> np.float32:
    return sure - _ROUNDING * (abs(sure) + np.float32(len(asked.dense) > 0))


@compiled
def _settle(
    waiting: _Waiting, count: int, part: Sought, sure: np.float32, best: Floats, numbers: Numbers
) -> None:
    bar = _bar(sure, part.asked)
    for place in range(count):
        # The second, so that of very many that are equal a few are scored.
        if waiting.bounds[place] >= bar and waiting.bounds[place] > _bar(best[0], part.asked):
            row = waiting.rows[place]
            score = _with_common(waiting.sums[place], part.held, part.asked, row)
            if score > best[0]:
                let_sink(best, numbers, score, part.first + row)


# One after the other and in no other order, or scores that are the same elsewhere would differ here.
@numba.njit(fastmath={"contract"}, nogil=True, cache=True)
def _with_common(score: np.float32, held: Held, asked: Asked, row: int) -> np.float32:
    stretch = row // held.stretch
    first = stretch * held.stretch
    for term in range(asked.rare, len(asked.weights)):
        line = asked.lines[term - asked.rare]
        if held.ceilings[line, row]:
            before = held.listed_before[line, stretch] + _count(held.ceilings[line, first:row])
            score += asked.weights[term] * held.list_weights[asked.begin[term] + before]
    return score


@compiled
def _count(ceilings: NDArray[np.uint8]) -> int:
    count = np.uint32(0)
    for place in range(len(ceilings)):
        count += np.uint32(ceilings[place] > 0)
    return int(count)

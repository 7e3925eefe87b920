"""Terms that very many rows have, as a byte for each row: quicker to read than a list is to add up.

A byte says how much a term counts in a row at most, in steps. So a sum of them is never too small, and only
rows whose sum could be among the best are looked at closely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.index.records import Floats, Numbers

# Adding up a list costs as much for a posting as reading a line does for sixteen rows or more.
_LEAST_SHARE = 1 / 16
# A small segment's lists are read as quickly.
_LEAST_ROWS = 4_096
_STEPS = 255
# Of so many rows it is counted how many a list holds before them: that leads from a row to its place there.
STRETCH = 128


@dataclass(frozen=True, slots=True)
class Ceilings:
    """For each common term (by number, in order) a line with a byte for each row."""

    common: NDArray[np.int32]
    steps: Floats  # what one step counts
    lines: NDArray[np.uint8]  # 0 where a row hasn't the term
    before: NDArray[np.int32]  # for each line, how many rows have the term before each stretch of rows


def ceilings_of(
    known: NDArray[np.int32],
    list_starts: Numbers,
    list_rows: NDArray[np.int32],
    list_weights: Floats,
    *,
    rows: int,
) -> Ceilings:
    """Make the lines of a segment.

    A term gets none where a weight isn't above 0, or a row has it twice, as names that came up lately may.
    """
    lengths = np.diff(list_starts)
    least = rows * _LEAST_SHARE if rows >= _LEAST_ROWS else np.inf
    own = {
        place: slice(list_starts[place], list_starts[place + 1]) for place in np.flatnonzero(lengths >= least)
    }
    chosen = [
        place
        for place, at in own.items()
        if list_weights[at].min() > 0 and bool((np.diff(list_rows[at]) > 0).all())
    ]
    lines = np.zeros((len(chosen), rows), np.uint8)
    steps = np.zeros(len(chosen), np.float32)
    for line, place in enumerate(chosen):
        at = own[place]
        steps[line] = list_weights[at].max() / _STEPS
        lines[line, list_rows[at]] = np.ceil(list_weights[at] / steps[line]).clip(1, _STEPS)
    firsts = np.arange(0, rows, STRETCH)
    before = [np.searchsorted(list_rows[own[place]], firsts) for place in chosen]
    return Ceilings(known[chosen], steps, lines, np.array(before, np.int32).reshape(len(chosen), len(firsts)))

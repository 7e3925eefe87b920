"""A part of one side of the index, written once: its items by row, and its terms with their rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.index.common_terms import ceilings_of
from matching.index.frozen import Frozen
from matching.index.gathered import Gathered
from matching.index.records import Floats, Numbers, Side


@dataclass(frozen=True, slots=True)
class Rows:
    """Items in columns. Row i has the terms from starts[i] to starts[i + 1]."""

    ids: Numbers
    until: Numbers
    dense: NDArray[np.int8]
    scale: Floats
    starts: Numbers
    terms: NDArray[np.int32]
    weights: Floats


@dataclass(frozen=True, slots=True)
class Segment(Rows):
    """Rows, and for each term the rows that have it, in order. Mapped from a file where it was opened."""

    # Term known[i] is in the rows from list_starts[i] to list_starts[i + 1].
    known: NDArray[np.int32]
    list_starts: Numbers
    list_rows: NDArray[np.int32]
    list_weights: Floats
    # The terms that very many rows have, once more: see common_terms.py.
    common: NDArray[np.int32]
    steps: Floats
    ceilings: NDArray[np.uint8]
    listed_before: NDArray[np.int32]

    def vectors(self, rows: slice | Numbers) -> Floats:
        """The vectors of some rows in full precision."""
        full: Floats = self.dense[rows].astype(np.float32) * self.scale[rows][:, None]
        return full

    def lists(self, terms: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where each term's list begins and ends; nowhere, where no row has it."""
        if not len(self.known):
            nowhere = np.zeros(len(terms), np.int64)
            return nowhere, nowhere
        places = np.minimum(np.searchsorted(self.known, terms), len(self.known) - 1)
        begin = self.list_starts[places]
        return begin, np.where(self.known[places] == terms, self.list_starts[places + 1], begin)

    def lines(self, terms: NDArray[np.int32]) -> NDArray[np.int64]:
        """Each term's line among the ceilings; -1 where it has none."""
        if not len(self.common):
            return np.full(len(terms), -1)
        places = np.minimum(np.searchsorted(self.common, terms), len(self.common) - 1)
        return np.where(self.common[places] == terms, places, -1)


def segment_of(gathered: Gathered, frozen: Frozen, side: Side) -> Segment:
    """Put items in their places. What a name is worth goes into the weights of the offered side."""
    terms = frozen.numbers(gathered.names)
    weights = gathered.weights
    if side is Side.OFFERED:
        weights = weights * frozen.worth[terms]
    return with_lists(
        Rows(gathered.ids, gathered.until, gathered.dense, gathered.scale, gathered.starts, terms, weights)
    )


def with_lists(rows: Rows) -> Segment:
    """Add which rows have each term."""
    order = np.argsort(rows.terms, kind="stable")
    known, counts = np.unique(rows.terms, return_counts=True)
    row_of_term = np.repeat(np.arange(len(rows.ids), dtype=np.int32), np.diff(rows.starts))
    list_starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    list_rows, list_weights = row_of_term[order], rows.weights[order]
    ceilings = ceilings_of(known, list_starts, list_rows, list_weights, rows=len(rows.ids))
    return Segment(
        rows.ids,
        rows.until,
        rows.dense,
        rows.scale,
        rows.starts,
        rows.terms,
        rows.weights,
        known,
        list_starts,
        list_rows,
        list_weights,
        ceilings.common,
        ceilings.steps,
        ceilings.lines,
        ceilings.before,
    )


def is_current(segments: Sequence[Segment], removed: Collection[int]) -> list[NDArray[np.bool_]]:
    """Which rows count: those whose item stands in no later segment and hasn't been removed."""
    later = np.fromiter(removed, np.int64, len(removed))
    current = []
    for segment in reversed(segments):
        current.append(~np.isin(segment.ids, later))
        later = np.concatenate([later, segment.ids])
    return current[::-1]


def merged(segments: Sequence[Segment], current: Sequence[NDArray[np.bool_]]) -> Segment:
    """One segment with the current rows of several."""
    lengths = [np.diff(segment.starts) for segment in segments]
    held = [np.repeat(rows, length) for rows, length in zip(current, lengths, strict=True)]
    return with_lists(
        Rows(
            _joined([segment.ids for segment in segments], current),
            _joined([segment.until for segment in segments], current),
            _joined([segment.dense for segment in segments], current),
            _joined([segment.scale for segment in segments], current),
            np.concatenate([[0], np.cumsum(_joined(lengths, current))]).astype(np.int64),
            _joined([segment.terms for segment in segments], held),
            _joined([segment.weights for segment in segments], held),
        )
    )


def _joined(columns: Sequence[NDArray[Any]], kept: Sequence[NDArray[np.bool_]]) -> NDArray[Any]:
    return np.concatenate([column[rows] for column, rows in zip(columns, kept, strict=True)])

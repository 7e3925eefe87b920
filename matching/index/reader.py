"""Asking the index. A reader stays with the version it opened, whatever is published meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matching.index.arithmetic import add_lists, add_products, find_best
from matching.index.asked import LINES, Asked, Held, Sought
from matching.index.columns import open_columns
from matching.index.common_terms import STRETCH
from matching.index.frozen import Frozen
from matching.index.gathered import gather
from matching.index.manifest import Manifest, latest, read_manifest
from matching.index.records import Floats, Found, Item, Numbers, Side
from matching.index.segment import Segment, is_current

# Opening races with a writer that clears away; the next look finds a newer version.
_TRIES = 5
_NOTHING = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class Query:
    """One item, ready to be compared with the other side. Names each term once."""

    terms: NDArray[np.int32]
    weights: Floats
    dense: Floats


@dataclass(frozen=True, slots=True)
class Part:
    """A segment, and until when each of its rows is found: a replaced one at no time."""

    segment: Segment
    until: Numbers


@dataclass(frozen=True, slots=True)
class Reader:
    """One version of the index. Several threads and processes may use one at once."""

    manifest: Manifest
    frozen: Frozen
    parts: Mapping[Side, tuple[Part, ...]]

    def query(self, item: Item, side: Side) -> Query:
        """Make an item of ``side`` ready. It needn't be in the index."""
        gathered = gather([item], width=self.manifest.width)
        terms = self.frozen.numbers(gathered.names)
        weights = gathered.weights
        if side is Side.OFFERED:
            weights = weights * self.frozen.worth[terms]
        # Names that came up lately may share a number.
        once, places = np.unique(terms, return_inverse=True)
        summed = np.bincount(places, weights, len(once)).astype(np.float32)
        return Query(once, summed, gathered.dense[0] * gathered.scale[0])

    def best(self, side: Side, query: Query, *, count: int, now: int) -> Found:
        """The ``count`` items of ``side`` that fit a query of the other one best, of those found now."""
        best = np.full(count, _NOTHING)
        numbers = np.full(count, -1, np.int64)
        sought, first = [], 0
        for part in self.parts[side]:
            sought.append(Sought(_held(part), _asked(part.segment, query), first))
            first += len(part.until)
        find_best(sought, now, best, numbers)
        order = np.lexsort((numbers, -best))
        order = order[numbers[order] >= 0]
        return Found(self._ids(side, numbers[order]), best[order])

    def _ids(self, side: Side, numbers: Numbers) -> Numbers:
        """The ids of rows that are counted through all segments of a side."""
        ids = np.empty(len(numbers), np.int64)
        first = 0
        for part in self.parts[side]:
            here = (numbers >= first) & (numbers < first + len(part.until))
            ids[here] = part.segment.ids[numbers[here] - first]
            first += len(part.until)
        return ids

    def all(self, side: Side, query: Query, *, now: int) -> Found:
        """Every item of ``side`` that is found now, in no order."""
        ids, scores = [], []
        for part in self.parts[side]:
            found = part.until > now
            ids.append(part.segment.ids[found])
            scores.append(_scores(part.segment, query)[found])
        return Found(np.concatenate(ids), np.concatenate(scores))


def open_index(folder: Path, *, number: int | None = None) -> Reader | None:
    """Open the current version, or the one with a number; None before there is one.

    Raise FileNotFoundError for a number that has been cleared away: the last three are kept.
    """
    for attempt in range(_TRIES):
        manifest = latest(folder) if number is None else read_manifest(folder, number)
        if manifest is None:
            return None
        try:
            return Reader(
                manifest,
                open_columns(Frozen, folder / manifest.frozen),
                {side: _parts(folder, manifest, side) for side in Side},
            )
        except FileNotFoundError:
            if number is not None or attempt == _TRIES - 1:
                raise
    return None


def _parts(folder: Path, manifest: Manifest, side: Side) -> tuple[Part, ...]:
    segments = [open_columns(Segment, folder / name) for name in manifest.segments[side.value]]
    current = is_current(segments, manifest.removed.get(side.value, ()))
    return tuple(
        Part(segment, np.where(rows, segment.until, 0))
        for segment, rows in zip(segments, current, strict=True)
    )


def _scores(segment: Segment, query: Query) -> Floats:
    scores = np.zeros(len(segment.ids), np.float32)
    if len(query.dense):
        add_products(scores, segment.dense, segment.scale, query.dense)
    asked = _asked(segment, query)
    add_lists(scores, asked.begin, asked.end, asked.weights, segment.list_rows, segment.list_weights)
    return scores


def _asked(segment: Segment, query: Query) -> Asked:
    lines = segment.lines(query.terms)
    # A ceiling times less than nothing would be too low: such a term's list is added up.
    has_line = (lines >= 0) & (query.weights >= 0)
    order = np.concatenate([np.flatnonzero(~has_line), np.flatnonzero(has_line)])
    rare = len(lines) - int(np.count_nonzero(has_line))
    weights, common = query.weights[order], lines[order[rare:]]
    # Each query makes these for each segment, and numpy's own filling up would take half of the time.
    of_lines = np.zeros(-(-len(common) // LINES) * LINES, np.int64)
    steps = np.zeros(len(of_lines), np.float32)
    of_lines[: len(common)] = common
    steps[: len(common)] = weights[rare:] * segment.steps[common]
    return Asked(query.dense, weights, *segment.lists(query.terms[order]), of_lines, steps, rare)


def _held(part: Part) -> Held:
    held = part.segment
    return Held(
        part.until,
        held.dense,
        held.scale,
        held.list_rows,
        held.list_weights,
        held.ceilings,
        held.listed_before,
        STRETCH,
    )

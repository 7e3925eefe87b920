"""Everything against everything: the best offered items for each wanted one, in one pass over the offered.

The work is cut into parts for processes that share nothing, each with one thread. A part keeps how far it has
come in a file, so that one that was killed goes on from there.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matching.index.arithmetic import add_lists_to_block, keep_best_of_block
from matching.index.manifest import NOTES
from matching.index.reader import Part, Reader
from matching.index.records import Floats, Numbers, Side
from matching.index.segment import Segment, merged

_LINES = 256  # so many offered items at once keep the products in the cache
_STRETCH = 32_768  # offered items between two notes of how far we are


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a sweep that one process does."""

    number: int  # from 0
    of: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    segment: Segment
    columns: Floats  # a column for each vector


@dataclass(frozen=True, slots=True)
class Best:
    """For each wanted item (a line) its best offered ones, in no order. An id of -1 stands for nothing."""

    wanted: Numbers
    ids: Numbers
    scores: Floats


def sweep(reader: Reader, share: Share, *, count: int, now: int, folder: Path) -> Best:
    """Do one share of the work, from where it was left. ``best_of`` puts the shares together.

    ``count`` is how many to keep for each wanted item, ``now`` what counts as open (seconds since 1970).
    """
    wanted = _wanted(reader, now)
    notes = folder / f"{NOTES}-{reader.manifest.number:08}-{share.number}-of-{share.of}.npz"
    done, best = _taken_up(notes, wanted.segment.ids, count)
    stretches = list(_stretches(reader))[share.number :: share.of]
    for number, (stretch, first) in enumerate(stretches):
        if number < done:
            continue
        for start in range(first, min(first + _STRETCH, len(stretch.until)), _LINES):
            _compare(stretch, slice(start, start + _LINES), wanted, best, now)
        _note(notes, number + 1, best)
    return best


def best_of(parts: list[Best]) -> Best:
    """The best of several parts, for each wanted item."""
    ids = np.concatenate([part.ids for part in parts], axis=1)
    scores = np.concatenate([part.scores for part in parts], axis=1)
    count = parts[0].ids.shape[1]
    kept = np.argpartition(scores, -count, axis=1)[:, -count:]
    return Best(
        parts[0].wanted, np.take_along_axis(ids, kept, axis=1), np.take_along_axis(scores, kept, axis=1)
    )


def forget_notes(folder: Path) -> None:
    """Remove what interrupted sweeps have noted, once their results are used."""
    for notes in folder.glob(f"{NOTES}-*"):
        notes.unlink(missing_ok=True)


def _wanted(reader: Reader, now: int) -> _Wanted:
    parts = reader.parts[Side.WANTED]
    segment = merged([part.segment for part in parts], [part.until > now for part in parts])
    return _Wanted(segment, np.ascontiguousarray(segment.vectors(slice(None)).T))


def _stretches(reader: Reader) -> Iterator[tuple[Part, int]]:
    for part in reader.parts[Side.OFFERED]:
        for first in range(0, len(part.until), _STRETCH):
            yield part, first


def _compare(part: Part, rows: slice, wanted: _Wanted, best: Best, now: int) -> None:
    """Compare some offered rows with all that is wanted."""
    segment = part.segment
    products = segment.vectors(rows) @ wanted.columns
    starts = segment.starts[rows.start : rows.start + len(products) + 1]
    own = slice(starts[0], starts[-1])
    begin, end = wanted.segment.lists(segment.terms[own])
    add_lists_to_block(
        products,
        starts - starts[0],
        segment.weights[own],
        begin,
        end,
        wanted.segment.list_rows,
        wanted.segment.list_weights,
    )
    ids = np.where(part.until[rows] > now, segment.ids[rows], -1)
    keep_best_of_block(products, ids, best.scores, best.ids)


def _taken_up(notes: Path, wanted: Numbers, count: int) -> tuple[int, Best]:
    if notes.exists():
        with np.load(notes, allow_pickle=False) as kept:
            if np.array_equal(kept["wanted"], wanted) and kept["ids"].shape[1] == count:
                return int(kept["done"]), Best(wanted, kept["ids"], kept["scores"])
    shape = (len(wanted), count)
    return 0, Best(wanted, np.full(shape, -1, np.int64), np.full(shape, -np.inf, np.float32))


def _note(notes: Path, done: int, best: Best) -> None:
    body = io.BytesIO()
    np.savez(body, done=done, wanted=best.wanted, ids=best.ids, scores=best.scores)
    half = notes.with_suffix(".writing")
    with half.open("wb") as file:
        file.write(body.getbuffer())
        file.flush()
        os.fsync(file.fileno())
    half.rename(notes)

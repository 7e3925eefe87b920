"""Versions of the index: a whole one, one with some items replaced, one with small segments put together.

Each segment is written before the next is read, so that whoever writes holds no more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np

from matching.index.columns import open_columns, write_columns
from matching.index.frozen import Frozen, freeze
from matching.index.gathered import Gathered, gather_parts, parted
from matching.index.manifest import Manifest, file_name, latest, one_writer, publish
from matching.index.records import Item, Numbers, Recipe, Side
from matching.index.segment import Segment, is_current, merged, segment_of

# More small segments than this on one side are put together; those are small that then make one at most.
_MANY = 8
_SMALL = 1 / (_MANY + 1)

Items = Mapping[Side, Callable[[], Iterable[Item]]]


def build_index(folder: Path, items: Items, recipe: Recipe, *, as_of: int) -> Manifest:
    """Publish a version made from nothing: new counts, and only what is given. Readers go on with theirs."""
    with one_writer(folder):
        number = _next_number(folder)
        sides = {}
        for side in Side:
            parts = gather_parts(items[side](), width=recipe.width, rows=recipe.rows)
            sides[side] = _Files(folder, number, side).set_aside(parts)
        return _build(folder, number, sides, recipe, as_of=as_of)


def build_from_columns(
    folder: Path, sides: Mapping[Side, Gathered], recipe: Recipe, *, as_of: int
) -> Manifest:
    """As ``build_index``, from items that are in columns already."""
    with one_writer(folder):
        parts = {side: list(parted(gathered, rows=recipe.rows)) for side, gathered in sides.items()}
        return _build(folder, _next_number(folder), parts, recipe, as_of=as_of)


def replace_items(
    folder: Path,
    items: Mapping[Side, Iterable[Item]],
    removed: Mapping[Side, Collection[int]],
    *,
    label: str,
    as_of: int,
) -> Manifest | None:
    """Publish a version in which these items are new or different and the removed ones are gone.

    Counts stay as they are. Returns None, and does nothing, where there is no version with this label, or
    nothing is given.
    """
    with one_writer(folder):
        current = latest(folder)
        if current is None or current.label != label:
            return None
        frozen = open_columns(Frozen, folder / current.frozen)
        segments, gone = {}, {}
        for side in Side:
            files = _Files(folder, current.number + 1, side)
            names = list(current.segments[side.value])
            hidden = {*current.removed.get(side.value, ()), *removed.get(side, ())}
            parts = gather_parts(items.get(side, ()), width=current.width, rows=current.rows)
            for name, ids in files.segments(filter(_has_items, parts), frozen):
                names.append(name)
                hidden.difference_update(ids.tolist())
            names, hidden = files.put_together(names, hidden, small=current.rows * _SMALL)
            segments[side.value], gone[side.value] = names, sorted(hidden)
        if segments == current.segments and not any(removed.values()):
            return None
        number = current.number + 1
        manifest = replace(current, number=number, as_of=as_of, segments=segments, removed=gone)
        publish(folder, manifest)
        return manifest


@dataclass(frozen=True, slots=True)
class _Aside:
    """Items in files, until it is known which names there are. Read one file at a time, as often as asked."""

    paths: Sequence[Path]

    def __iter__(self) -> Iterator[Gathered]:
        return (open_columns(Gathered, path) for path in self.paths)


@dataclass(frozen=True, slots=True)
class _Files:
    """One side of a version that is being written."""

    folder: Path
    number: int
    side: Side

    def write(self, columns: Gathered | Segment, what: str) -> str:
        name = file_name(f"{self.side}-{what}", self.number)
        write_columns(columns, self.folder / name)
        return name

    def set_aside(self, parts: Iterable[Gathered]) -> _Aside:
        def write(place: int, part: Gathered) -> Path:
            return self.folder / self.write(part, f"aside-{place}")

        # A loop would hold a part while the next one is gathered.
        return _Aside(list(map(write, count(), parts)))

    def segments(self, parts: Iterable[Gathered], frozen: Frozen) -> Iterator[tuple[str, Numbers]]:
        """Write a segment for each part. What each is called, and its ids."""

        def write(place: int, part: Gathered) -> tuple[str, Numbers]:
            return self.write(segment_of(part, frozen, self.side), str(place)), part.ids

        return map(write, count(), parts)

    def put_together(self, names: list[str], gone: set[int], *, small: float) -> tuple[list[str], set[int]]:
        """Write the current rows of small segments as one, where there are many. Large ones stay as they are.

        What the segments are then called, and which ids are gone from those that stay.
        """
        parts = {name: open_columns(Segment, self.folder / name) for name in names}
        few = [name for name, part in parts.items() if len(part.ids) < small]
        if len(few) <= _MANY:
            return names, gone
        current = dict(zip(names, is_current(list(parts.values()), gone), strict=True))
        whole = self.write(merged([parts[name] for name in few], [current[name] for name in few]), "whole")
        kept = [name for name in names if name not in few]
        asked = np.fromiter(gone, np.int64, len(gone))
        standing = {pk for name in kept for pk in np.intersect1d(asked, parts[name].ids).tolist()}
        # The last of all: its rows are current, and hide what stands in those before.
        return [*kept, whole], standing


def _build(
    folder: Path, number: int, sides: Mapping[Side, Iterable[Gathered]], recipe: Recipe, *, as_of: int
) -> Manifest:
    frozen = freeze(sides[Side.WANTED], sides[Side.OFFERED], recipe)
    frozen_name = file_name("frozen", number)
    write_columns(frozen, folder / frozen_name)
    names = {
        side.value: [name for name, _ in _Files(folder, number, side).segments(parts, frozen)]
        for side, parts in sides.items()
    }
    manifest = Manifest(number, recipe.label, recipe.width, as_of, frozen_name, names, {}, rows=recipe.rows)
    publish(folder, manifest)  # clears away what was set aside, too
    return manifest


def _has_items(part: Gathered) -> bool:
    return len(part.ids) > 0


def _next_number(folder: Path) -> int:
    current = latest(folder)
    return current.number + 1 if current else 1

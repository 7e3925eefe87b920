"""Versions of the index: a whole one, one with some items replaced, one with small segments put together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from matching.index.columns import open_columns, write_columns
from matching.index.frozen import Frozen, freeze
from matching.index.gathered import Gathered, gather
from matching.index.manifest import Manifest, file_name, latest, one_writer, publish
from matching.index.records import Item, Recipe, Side
from matching.index.segment import Segment, is_current, merged, segment_of

# More segments than this on one side are put together: each costs a query some 0.1 ms.
_MANY = 8

Items = Mapping[Side, Callable[[], Iterable[Item]]]


def build_index(folder: Path, items: Items, recipe: Recipe, *, as_of: int) -> Manifest:
    """Publish a version made from nothing: new counts, and only what is given. Readers go on with theirs."""
    sides = {side: gather(items[side](), width=recipe.width) for side in Side}
    return build_from_columns(folder, sides, recipe, as_of=as_of)


def build_from_columns(
    folder: Path, sides: Mapping[Side, Gathered], recipe: Recipe, *, as_of: int
) -> Manifest:
    """As ``build_index``, from items that are in columns already."""
    with one_writer(folder):
        number = _next_number(folder)
        frozen = freeze(sides[Side.WANTED], sides[Side.OFFERED], recipe)
        frozen_name = file_name("frozen", number)
        write_columns(frozen, folder / frozen_name)
        names = {}
        for side, gathered in sides.items():
            names[side.value] = [file_name(side, number)]
            write_columns(segment_of(gathered, frozen, side), folder / names[side.value][0])
        manifest = Manifest(number, recipe.label, recipe.width, as_of, frozen_name, names, {})
        publish(folder, manifest)
        return manifest


def replace_items(
    folder: Path,
    items: Mapping[Side, Iterable[Item]],
    removed: Mapping[Side, Collection[int]],
    *,
    label: str,
    as_of: int,
) -> Manifest | None:
    """Publish a version in which these items are new or different and the removed ones are gone.

    Counts stay as they are. Returns None, and does nothing, where there is no version with this label.
    """
    with one_writer(folder):
        current = latest(folder)
        if current is None or current.label != label:
            return None
        frozen = open_columns(Frozen, folder / current.frozen)
        number = current.number + 1
        segments = {side: list(names) for side, names in current.segments.items()}
        gone = {side: set(ids) for side, ids in current.removed.items()}
        for side in Side:
            gathered = gather(items.get(side, ()), width=current.width)
            gone[side.value] = (gone.get(side.value, set()) | set(removed.get(side, ()))) - set(
                gathered.ids.tolist()
            )
            if len(gathered.ids):
                name = file_name(side, number)
                write_columns(segment_of(gathered, frozen, side), folder / name)
                segments[side.value].append(name)
            if len(segments[side.value]) > _MANY:
                segments[side.value] = [_put_together(folder, side, number, segments[side.value], gone)]
        manifest = replace(
            current,
            number=number,
            as_of=as_of,
            segments=segments,
            removed={side: sorted(ids) for side, ids in gone.items()},
        )
        publish(folder, manifest)
        return manifest


def _put_together(
    folder: Path, side: Side, number: int, names: Collection[str], gone: dict[str, set[int]]
) -> str:
    """Write the current rows of all segments of a side as one, without those that are gone."""
    parts = [open_columns(Segment, folder / name) for name in names]
    name = file_name(f"{side}-whole", number)
    write_columns(merged(parts, is_current(parts, gone[side.value])), folder / name)
    gone[side.value] = set()
    return name


def _next_number(folder: Path) -> int:
    current = latest(folder)
    return current.number + 1 if current else 1

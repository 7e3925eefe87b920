"""What is found is the same, however many segments a side is cut into; and so is what is held in memory."""

from __future__ import annotations

import multiprocessing
import signal
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.index.gathered import gather
from matching.index.reader import Reader, open_index
from matching.index.records import Found, Item, ItemVector, Side
from matching.index.writer import Items, build_from_columns, build_index, replace_items
from tests.unit.matching.index.made_up_items import NOW, RECIPE, WIDTH, closing, made_up_items

SPAWN = multiprocessing.get_context("spawn")  # a fork would take the tests' own locks with it
ONE_FOR_ALL = 1_000  # rows
COUNT = 8
FIRST = 500  # id of the offered


def opened(folder: Path) -> Reader:
    reader = open_index(folder)
    assert reader is not None
    return reader


def offered_items(seed: int, count: int, *, first_id: int = FIRST) -> list[Item]:
    """Some have closed, and none is like another."""
    items = made_up_items(seed, count, first_id=first_id)
    return [closing(item, NOW if item.id % 5 == 0 else NOW + 1) for item in items if item.vector.terms]


def answers(reader: Reader, profiles: list[Item]) -> list[tuple[list[int], list[float]]]:
    """What each profile finds, the best first, and then all of it."""
    queries = [reader.query(profile, Side.WANTED) for profile in profiles]
    best = [reader.best(Side.OFFERED, query, count=COUNT, now=NOW) for query in queries]
    every = [_by_id(reader.all(Side.OFFERED, query, now=NOW)) for query in queries]
    return [(found.ids.tolist(), found.scores.tolist()) for found in [*best, *every]]


def _by_id(found: Found) -> Found:
    order = found.ids.argsort()
    return Found(found.ids[order], found.scores[order])


@given(seed=st.integers(0, 10_000), count=st.integers(0, 40), rows=st.integers(1, 12))
@settings(max_examples=12, deadline=None)
def test_a_search_finds_the_same_in_one_segment_and_in_many(seed: int, count: int, rows: int) -> None:
    profiles, offered = made_up_items(seed, 4), offered_items(seed + 1, count)
    changed = offered_items(seed + 2, count // 2, first_id=FIRST + 3)
    found, segments = [], []
    for most in (rows, ONE_FOR_ALL):
        with TemporaryDirectory() as folder:
            sides = {Side.WANTED: lambda: profiles, Side.OFFERED: lambda: offered}
            build_index(Path(folder), sides, replace(RECIPE, rows=most), as_of=NOW)
            found.append(answers(opened(Path(folder)), profiles))
            removed = {Side.OFFERED: [FIRST + 1]}
            replace_items(Path(folder), {Side.OFFERED: changed}, removed, label="test", as_of=NOW)
            found.append(answers(opened(Path(folder)), profiles))
            segments.append(len(opened(Path(folder)).parts[Side.OFFERED]))

    assert found[0] == found[2]
    assert found[1] == found[3]
    assert segments[0] >= -(-len(offered) // rows)
    assert segments[1] <= 2


def test_items_in_columns_are_cut_as_others_are(tmp_path: Path) -> None:
    profiles, offered = made_up_items(1, 4), offered_items(2, 30)
    columns = {Side.WANTED: gather(profiles, width=WIDTH), Side.OFFERED: gather(offered, width=WIDTH)}

    build_from_columns(tmp_path / "columns", columns, replace(RECIPE, rows=7), as_of=NOW)

    sides = {Side.WANTED: lambda: profiles, Side.OFFERED: lambda: offered}
    build_index(tmp_path / "items", sides, replace(RECIPE, rows=7), as_of=NOW)
    readers = [opened(tmp_path / name) for name in ("columns", "items")]
    assert answers(readers[0], profiles) == answers(readers[1], profiles)
    assert [len(reader.parts[Side.OFFERED]) for reader in readers] == [4, 4]


def test_only_small_segments_are_put_together(tmp_path: Path) -> None:
    profiles, offered = made_up_items(1, 4), offered_items(2, 200)
    sides = {Side.WANTED: lambda: profiles, Side.OFFERED: lambda: offered}
    before = build_index(tmp_path, sides, replace(RECIPE, rows=90), as_of=NOW).segments["offered"]
    changed = [replace(item, id=other.id) for item, other in zip(offered_items(3, 14), offered, strict=False)]

    replace_items(tmp_path, {}, {Side.OFFERED: [offered[0].id, offered[50].id]}, label="test", as_of=NOW)
    for item in changed:
        replace_items(tmp_path, {Side.OFFERED: [item]}, {}, label="test", as_of=NOW)

    manifest = opened(tmp_path).manifest
    assert [*manifest.segments["offered"]][:2] == [*before]
    assert len(manifest.segments["offered"]) < 2 + len(changed)
    assert manifest.removed["offered"] == [offered[50].id]  # the first has come back
    until = {item.id: item.until for item in [*offered, *changed]}
    del until[offered[50].id]
    assert ids_of(tmp_path) == sorted(pk for pk, closing_at in until.items() if closing_at > NOW)


def ids_of(folder: Path) -> list[int]:
    reader = opened(folder)
    query = reader.query(Item(1, ItemVector({}, {})), Side.WANTED)
    return sorted(reader.all(Side.OFFERED, query, now=NOW).ids.tolist())


def test_nothing_given_is_no_version(tmp_path: Path) -> None:
    build_index(tmp_path, {Side.WANTED: list, Side.OFFERED: list}, RECIPE, as_of=NOW)

    published = replace_items(tmp_path, {Side.OFFERED: []}, {}, label="test", as_of=NOW)

    assert published is None
    assert opened(tmp_path).manifest.number == 1


def stop_after_two_segments(folder: Path, begun: Event) -> None:
    def offered() -> Iterator[Item]:
        yield from made_up_items(9, 5)
        begun.set()
        signal.pause()

    build_index(folder, {Side.WANTED: list, Side.OFFERED: offered}, replace(RECIPE, rows=2), as_of=NOW)


def test_a_builder_killed_between_segments_leaves_the_version_before(tmp_path: Path) -> None:
    sides = {Side.WANTED: list, Side.OFFERED: lambda: made_up_items(1, 3)}
    build_index(tmp_path, sides, RECIPE, as_of=NOW)
    begun = SPAWN.Event()
    builder = SPAWN.Process(target=stop_after_two_segments, args=(tmp_path, begun))
    builder.start()
    assert begun.wait(60)
    aside = len(list(tmp_path.glob("offered-aside-*")))

    builder.kill()
    builder.join(60)

    assert aside == 2
    assert ids_of(tmp_path) == [1, 2, 3]
    replace_items(tmp_path, {Side.OFFERED: made_up_items(2, 1, first_id=9)}, {}, label="test", as_of=NOW)
    assert ids_of(tmp_path) == [1, 2, 3, 9]
    assert list(tmp_path.glob("*aside*")) == []


def test_one_segment_is_held_at_a_time(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        sides: Items = {Side.WANTED: list, Side.OFFERED: lambda: some_of(items)}
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        build_index(tmp_path / str(rows), sides, replace(RECIPE, rows=rows), as_of=NOW)
        return tracemalloc.get_traced_memory()[1] - before

    items = made_up_items(4, 200)
    tracemalloc.start()
    try:
        peak(400)  # what is kept for good
        at_once, in_parts = peak(8_000), peak(1_000)
    finally:
        tracemalloc.stop()

    assert in_parts < at_once / 4


def some_of(items: list[Item]) -> Iterator[Item]:
    for number in range(8_000):
        yield replace(items[number % len(items)], id=number)

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from matching.index.reader import Reader, open_index
from matching.index.records import Item, ItemVector, Side
from matching.index.writer import build_index, replace_items
from tests.unit.matching.index.conftest import Build
from tests.unit.matching.index.made_up_items import NOW, RECIPE, made_up_items

SPAWN = multiprocessing.get_context("spawn")  # a fork would take the tests' own locks with it
PROFILE = Item(1, ItemVector({"lamp": 1.0}, {}))
LAMP = ItemVector({"lamp": 1.0}, {})


def build_and_stop_half_way(folder: Path, begun: Event) -> None:
    """Writes one side of a version, and never comes to the other."""

    def offered() -> Iterator[Item]:
        yield from made_up_items(9, 5)

    build_index(folder, {Side.WANTED: list, Side.OFFERED: offered}, RECIPE, as_of=NOW)
    (folder / "offered-99999999.half").touch()
    replace_items(folder, {Side.WANTED: wait_for_ever(begun)}, {}, label="test", as_of=NOW)


def wait_for_ever(begun: Event) -> Iterator[Item]:
    yield PROFILE
    begun.set()
    signal.pause()


def ids(reader: Reader | None, side: Side = Side.OFFERED) -> list[int]:
    assert reader is not None
    other = Side.WANTED if side is Side.OFFERED else Side.OFFERED
    return sorted(reader.all(side, reader.query(PROFILE, other), now=NOW).ids.tolist())


def test_before_the_first_version_there_is_none(tmp_path: Path) -> None:
    assert open_index(tmp_path) is None


def test_a_replaced_item_counts_as_it_is_now(build: Build, tmp_path: Path) -> None:
    build([PROFILE], [Item(500, LAMP), Item(501, LAMP)])

    replace_items(tmp_path, {Side.OFFERED: [Item(500, ItemVector({}, {}))]}, {}, label="test", as_of=NOW + 60)

    reader = open_index(tmp_path)
    assert reader is not None
    found = reader.all(Side.OFFERED, reader.query(PROFILE, Side.WANTED), now=NOW)
    scores = dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))
    assert sorted(scores) == [500, 501]
    assert scores[500] == 0 < scores[501]
    assert reader.manifest.as_of == NOW + 60


def test_a_removed_item_is_gone_until_it_comes_back(build: Build, tmp_path: Path) -> None:
    build([PROFILE], [Item(500, LAMP), Item(501, LAMP)])

    replace_items(tmp_path, {}, {Side.OFFERED: [500]}, label="test", as_of=NOW)
    without = ids(open_index(tmp_path))
    replace_items(tmp_path, {Side.OFFERED: [Item(500, LAMP)]}, {}, label="test", as_of=NOW)

    assert without == [501]
    assert ids(open_index(tmp_path)) == [500, 501]


def test_many_small_versions_are_put_together(build: Build, tmp_path: Path) -> None:
    offered = made_up_items(2, 30, first_id=500)
    whole = build([PROFILE], offered)
    for item in made_up_items(3, 20, first_id=505):
        replace_items(tmp_path, {Side.OFFERED: [item]}, {Side.OFFERED: [500]}, label="test", as_of=NOW)

    reader = open_index(tmp_path)

    assert reader is not None
    assert len(reader.parts[Side.OFFERED]) < 9
    assert ids(reader) == [item.id for item in offered[1:]]
    assert ids(whole) == [item.id for item in offered]


def test_items_of_another_scorer_are_refused(build: Build, tmp_path: Path) -> None:
    build([PROFILE], [])

    published = replace_items(tmp_path, {Side.OFFERED: [Item(5, LAMP)]}, {}, label="newer", as_of=NOW)

    assert published is None
    assert ids(open_index(tmp_path)) == []


def test_a_reader_stays_with_its_version_whatever_is_published(build: Build, tmp_path: Path) -> None:
    reader = build([PROFILE], [Item(500, LAMP)])

    for number in range(10):  # more than are kept
        build([PROFILE], [Item(600 + number, LAMP)])

    assert ids(reader) == [500]
    assert ids(open_index(tmp_path)) == [609]


def test_a_second_worker_opens_the_version_of_the_first(build: Build, tmp_path: Path) -> None:
    first = build([PROFILE], [Item(500, LAMP)])
    build([PROFILE], [Item(600, LAMP)])

    second = open_index(tmp_path, number=first.manifest.number)

    assert second is not None
    assert second.manifest == first.manifest
    assert ids(second) == ids(first) == [500]


def test_a_version_that_is_gone_is_not_replaced_by_another(build: Build, tmp_path: Path) -> None:
    first = build([PROFILE], [Item(500, LAMP)])
    for number in range(10):
        build([PROFILE], [Item(600 + number, LAMP)])

    with pytest.raises(FileNotFoundError):
        open_index(tmp_path, number=first.manifest.number)


def test_old_versions_are_cleared_away(build: Build, tmp_path: Path) -> None:
    for number in range(10):
        build([PROFILE], [Item(600 + number, LAMP)])

    assert len(list(tmp_path.glob("offered-*"))) == 3


def test_a_writer_killed_half_way_leaves_the_version_before(tmp_path: Path) -> None:
    begun = SPAWN.Event()
    writer = SPAWN.Process(target=build_and_stop_half_way, args=(tmp_path, begun))
    writer.start()
    assert begun.wait(60)
    writer.kill()
    writer.join(60)
    before = ids(open_index(tmp_path))

    replace_items(tmp_path, {Side.OFFERED: [Item(500, LAMP)]}, {}, label="test", as_of=NOW)

    assert before == [1, 2, 3, 4, 5]
    assert ids(open_index(tmp_path)) == [1, 2, 3, 4, 5, 500]
    assert list(tmp_path.glob("*.half")) == []

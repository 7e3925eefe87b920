from __future__ import annotations

import multiprocessing
from pathlib import Path

import numpy as np
import pytest

from matching.index import sweep as sweeping
from matching.index.reader import Reader, open_index
from matching.index.records import Side
from matching.index.sweep import Best, Share, best_of, forget_notes, sweep
from tests.unit.matching.index.conftest import Build
from tests.unit.matching.index.made_up_items import NOW, closing, made_up_items

SPAWN = multiprocessing.get_context("spawn")
COUNT = 6
WANTED = made_up_items(5, 9)
OFFERED = made_up_items(6, 700, first_id=1_000)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_STRETCH", 256)


def best_by_query(reader: Reader) -> dict[int, list[float]]:
    """The same, asked one profile at a time."""
    return {
        item.id: reader.best(
            Side.OFFERED, reader.query(item, Side.WANTED), count=COUNT, now=NOW
        ).scores.tolist()
        for item in WANTED
    }


def scores_of(best: Best) -> dict[int, list[float]]:
    lines = np.sort(best.scores, axis=1)[:, ::-1]
    return dict(zip(best.wanted.tolist(), lines.tolist(), strict=True))


def sweep_until_killed(folder: Path, number: int) -> None:
    sweeping._STRETCH = 256
    keep_note = sweeping._note

    def note_and_die(notes: Path, done: int, best: Best) -> None:
        keep_note(notes, done, best)
        if done == 2:
            multiprocessing.current_process().kill()

    sweeping._note = note_and_die
    reader = open_index(folder, number=number)
    assert reader is not None
    sweep(reader, Share(0, 1), count=COUNT, now=NOW, folder=folder)


def test_two_parts_together_find_what_single_queries_find(build: Build, tmp_path: Path) -> None:
    reader = build(WANTED, OFFERED)

    parts = [sweep(reader, Share(n, 2), count=COUNT, now=NOW, folder=tmp_path) for n in range(2)]

    found, asked = scores_of(best_of(parts)), best_by_query(reader)
    assert found.keys() == asked.keys()
    assert all(found[pk] == pytest.approx(asked[pk], abs=1e-3) for pk in found)


def test_what_has_closed_is_left_out(build: Build, tmp_path: Path) -> None:
    reader = build(WANTED, [closing(item, NOW - 1) if item.id % 2 else item for item in OFFERED])

    best = sweep(reader, Share(0, 1), count=COUNT, now=NOW, folder=tmp_path)

    assert set((best.ids % 2).ravel().tolist()) == {0}


def test_a_killed_sweep_goes_on_where_it_was(build: Build, tmp_path: Path) -> None:
    reader = build(WANTED, OFFERED)
    killed = SPAWN.Process(target=sweep_until_killed, args=(tmp_path, reader.manifest.number))
    killed.start()
    killed.join(60)
    (notes,) = tmp_path.glob("sweep-*.npz")
    with np.load(notes) as kept:
        done = int(kept["done"])

    best = sweep(reader, Share(0, 1), count=COUNT, now=NOW, folder=tmp_path)

    assert done == 2
    found, asked = scores_of(best), best_by_query(reader)
    assert all(found[pk] == pytest.approx(asked[pk], abs=1e-3) for pk in found)


def test_the_version_of_a_sweep_is_kept_until_it_is_done(build: Build, tmp_path: Path) -> None:
    number = build(WANTED, OFFERED[:300]).manifest.number
    first = open_index(tmp_path, number=number)
    assert first is not None
    sweep(first, Share(0, 2), count=COUNT, now=NOW, folder=tmp_path)

    for _ in range(5):  # more than are kept
        build(WANTED, OFFERED[:3])

    second = open_index(tmp_path, number=number)
    assert second is not None
    assert len(second.parts[Side.OFFERED][0].until) == 300


def test_another_version_begins_anew(build: Build, tmp_path: Path) -> None:
    sweep(build(WANTED, OFFERED), Share(0, 1), count=COUNT, now=NOW, folder=tmp_path)

    best = sweep(build(WANTED, OFFERED[:3]), Share(0, 1), count=COUNT, now=NOW, folder=tmp_path)

    assert set(best.ids.ravel().tolist()) == {-1, 1_000, 1_001, 1_002}


def test_notes_can_be_forgotten(build: Build, tmp_path: Path) -> None:
    sweep(build(WANTED, OFFERED), Share(0, 1), count=COUNT, now=NOW, folder=tmp_path)

    forget_notes(tmp_path)

    assert list(tmp_path.glob("sweep-*")) == []

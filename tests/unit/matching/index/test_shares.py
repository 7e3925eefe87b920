"""A sweep by several processes: the same result, whichever of them are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from matching.index import shares
from matching.index.manifest import latest
from matching.index.records import Side
from matching.index.shares import Plan, SweepFailed, sweep_in_shares
from matching.index.sweep import Best
from tests.unit.matching.index.conftest import Build
from tests.unit.matching.index.made_up_items import NOW, closing, made_up_items

COUNT = 6
WANTED = made_up_items(5, 9)
OFFERED = made_up_items(6, 700, first_id=1_000)
Process = subprocess.Popen[bytes]


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little there is to do."""
    monkeypatch.setattr(shares, "_FEW_PAIRS", 0)


def swept(folder: Path, now: int = NOW) -> dict[int, list[float]] | None:
    best = sweep_in_shares(folder, label="test", count=COUNT, now=now)
    return None if best is None else scores_of(best)


def scores_of(best: Best) -> dict[int, list[float]]:
    return dict(zip(best.wanted.tolist(), np.sort(best.scores, axis=1).round(4).tolist(), strict=True))


@pytest.mark.slow  # so are all that start processes which load the index's loops
def test_two_processes_find_what_one_finds(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(WANTED, OFFERED)
    alone = swept(tmp_path)
    monkeypatch.setattr(shares, "_FEW_PAIRS", 0)

    together = swept(tmp_path)

    assert together == alone
    assert json.loads((tmp_path / "sweep-00000001-plan.json").read_text())["of"] == 2


def test_without_an_index_of_this_kind_there_is_nothing_to_sweep(build: Build, tmp_path: Path) -> None:
    build(WANTED, OFFERED)

    assert sweep_in_shares(tmp_path, label="another", count=COUNT, now=NOW) is None


@pytest.mark.slow
@pytest.mark.usefixtures("several")
def test_a_process_that_is_killed_is_started_again(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(WANTED, OFFERED)
    start, started = shares._start, []

    def start_and_kill(folder: Path, plan: Plan, number: int) -> Process:
        process = start(folder, plan, number)
        started.append(number)
        if len(started) <= 2:
            os.kill(process.pid, signal.SIGKILL)
        return process

    monkeypatch.setattr(shares, "_start", start_and_kill)

    assert swept(tmp_path) is not None
    assert sorted(started) == [0, 0, 1, 1]


@pytest.mark.usefixtures("several")
def test_one_that_never_gets_through_is_given_up(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(WANTED, OFFERED)
    monkeypatch.setattr(
        shares, "_start", lambda *_: subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])
    )

    with pytest.raises(SweepFailed):
        swept(tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("several")
def test_an_interrupted_sweep_goes_on_with_its_own_version_and_time(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(WANTED, [closing(item, NOW + 10) for item in OFFERED])
    monkeypatch.setattr(shares, "_run_all", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        swept(tmp_path)
    monkeypatch.undo()
    for _ in range(5):  # more versions than are kept
        build(WANTED, OFFERED[:3])

    found = swept(tmp_path, now=NOW + 20)

    assert found is not None
    assert min(min(scores) for scores in found.values()) > -np.inf  # all had closed at the later time
    current = latest(tmp_path)
    assert current is not None
    assert len(current.segments[Side.OFFERED.value]) == 1


@pytest.mark.usefixtures("several")
def test_one_that_was_interrupted_long_ago_is_begun_anew(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(WANTED, OFFERED)
    monkeypatch.setattr(shares, "_run_all", _interrupt)
    with pytest.raises(KeyboardInterrupt):
        swept(tmp_path)
    monkeypatch.undo()
    build(WANTED, OFFERED)

    swept(tmp_path, now=NOW + 13 * 3600)

    assert {int(path.name.split("-")[1]) for path in tmp_path.glob("sweep-*")} == {2}


def _interrupt(folder: Path, plan: Plan) -> None:
    raise KeyboardInterrupt

"""A night's sweep whose processes are killed, as by a machine that goes down: the next one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from matching.index.reader import open_index
from matching.index.records import Recipe, Side
from matching.index.shares import sweep_in_shares
from matching.index.sweep import Best, Share, sweep
from matching.index.writer import build_from_columns
from tests.bench.made_up_corpus import WIDTH, made_up_texts, made_up_vectors
from tests.worker import PATIENCE, ROOT

pytestmark = pytest.mark.slow

OFFERED, WANTED, COUNT, NOW = 140_000, 1_500, 50, 0


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Large enough that a share takes some seconds and is noted more than once."""
    offered, wanted = made_up_texts(OFFERED, seed=1), made_up_texts(WANTED, seed=2)
    sides = {
        Side.WANTED: wanted.columns(made_up_vectors(WANTED, seed=3), 2),
        Side.OFFERED: offered.columns(made_up_vectors(OFFERED, seed=4), 1),
    }
    build_from_columns(tmp_path, sides, Recipe("chaos", WIDTH, 0.05), as_of=0)
    return tmp_path


def test_a_sweep_whose_processes_are_all_killed_goes_on(index: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.chaos.sweeper", str(index), "chaos", str(COUNT), str(NOW)]
    sweeper = subprocess.Popen(words, cwd=ROOT)  # noqa: S603  # our own module
    _wait_for(lambda: len(list(index.glob("sweep-*.npz"))) == 2)
    for child in _children(sweeper.pid):
        os.kill(child, signal.SIGKILL)
    sweeper.kill()
    sweeper.wait()
    done = [_noted(index, share) for share in range(2)]

    best = sweep_in_shares(index, label="chaos", count=COUNT, now=NOW)

    reader = open_index(index)
    assert reader is not None
    assert best is not None
    (tmp_path / "alone").mkdir()
    alone = sweep(reader, Share(0, 1), count=COUNT, now=NOW, folder=tmp_path / "alone")
    assert all(0 < times < -(-OFFERED // 32_768) for times in done)
    assert _scores(best) == pytest.approx(_scores(alone), abs=1e-4)
    assert best.ids.size == WANTED * COUNT


def _wait_for(there: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _noted(folder: Path, share: int) -> int:
    """How many stretches of its share a process had done."""
    (notes,) = folder.glob(f"sweep-*-{share}-of-2.npz")
    with np.load(notes) as kept:
        return int(kept["done"])


def _scores(best: Best) -> list[float]:
    found: list[float] = np.sort(best.scores, axis=1).ravel().tolist()
    return found

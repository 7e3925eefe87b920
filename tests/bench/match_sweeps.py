"""Everything against everything, as at night: two processes, one of which is killed and started again."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from django.db import connection

from matching.index.manifest import NOTES
from matching.index.reader import open_index
from matching.index.sweep import Best, Share, best_of, forget_notes, sweep
from tests.bench.figures import Figure
from tests.bench.match_peers import cpu_seconds
from tests.bench.match_sweep import COUNT, NOW

ROOT = Path(__file__).parents[2]
# A machine may name a processor that numpy is to take it for, and so slow it down: measured both ways.
KERNELS = "OPENBLAS_CORETYPE"
SAMPLE = 16  # the part of the work by which the two are compared


def sweep_figures(folder: Path, version: int) -> Iterator[Figure]:
    index = folder / "whole"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    megabytes = _two_processes(index, version)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    yield Figure("match.sweep", spent, "CPU-s", 200, "less")
    yield Figure("match.sweep.wall", wall, "s", None, "less")
    yield Figure("match.sweep.memory", megabytes / 1e3, "GB", 6, "less")
    best = _together(index, version)
    rows = _copied(best)
    yield Figure("match.sweep.rows", rows / 1e6, "M rows", 2, "less")
    forget_notes(index)
    yield from _by_kernels(index, version)


def _two_processes(index: Path, version: int) -> float:
    """Sweep, and kill the first process once it has noted something. Return what both hold in memory."""
    first, second = _start(index, version, 0, 2), _start(index, version, 1, 2)
    noted = index / f"{NOTES}-{version:08}-0-of-2.npz"
    while not noted.exists() and first.poll() is None:
        time.sleep(0.05)
    first.kill()
    first.communicate()
    told = [_told(process) for process in (_start(index, version, 0, 2), second)]
    return sum(figures["megabytes"] for figures in told)


def _by_kernels(index: Path, version: int) -> Iterator[Figure]:
    """The products alone depend on them; a part of the work tells."""
    for name, kernels in (("Haswell", {KERNELS: "Haswell"}), ("chosen_by_numpy", {KERNELS: ""})):
        seconds = _told(_start(index, version, 0, SAMPLE, kernels))["seconds"]
        yield Figure(f"match.sweep.kernels.{name}", seconds * SAMPLE, "CPU-s", None, "less")
        forget_notes(index)


def _start(
    index: Path, version: int, number: int, of: int, told: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", **(told or {})}
    environment = {name: value for name, value in environment.items() if value or name != KERNELS}
    words = [str(index), str(version), str(number), str(of)]
    return subprocess.Popen(  # noqa: S603  # our own module
        [sys.executable, "-m", "tests.bench.match_sweep", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _told(process: subprocess.Popen[str]) -> dict[str, float]:
    out, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    figures: dict[str, float] = json.loads(out)
    return figures


def _together(index: Path, version: int) -> Best:
    """The shares, which are done and only have to be read."""
    reader = open_index(index, number=version)
    if reader is None:
        raise FileNotFoundError(index)
    return best_of([sweep(reader, Share(n, 2), count=COUNT, now=NOW, folder=index) for n in range(2)])


def _copied(best: Best) -> int:
    """Write the pairs into PostgreSQL. Return how many rows that were."""
    profiles = np.repeat(best.wanted, best.ids.shape[1])
    lines = io.StringIO()
    for profile, opportunity, score in zip(profiles, best.ids.ravel(), best.scores.ravel(), strict=True):
        if opportunity >= 0:
            lines.write(f"{profile}\t{opportunity}\t{score:.4f}\n")
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNLOGGED TABLE bench_pairs (profile bigint, opportunity bigint, score real)")
        cpu_seconds(lambda: cursor.cursor.copy_expert("COPY bench_pairs FROM STDIN", lines))
        cursor.execute("SELECT count(*) FROM bench_pairs")
        (rows,) = cursor.fetchone()
        cursor.execute("DROP TABLE bench_pairs")
    return int(rows)

"""A sweep by processes that share nothing, each with one thread: any may be killed, and all goes on."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from matching.index.manifest import NOTES, Manifest, latest, read_manifest
from matching.index.reader import open_index
from matching.index.records import Side
from matching.index.sweep import Best, Share, best_of, forget_notes, sweep

# Below so many pairs two more processes would cost more than they save.
_FEW_PAIRS = 20_000_000
# A sweep that was interrupted longer ago than this (seconds) is begun anew: too much has closed since.
_STALE = 12 * 3600
_TRIES = 3
# Two pools of threads on two cores fight for them.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
_ROOT = Path(__file__).parents[2]


class SweepFailed(RuntimeError):
    """A share ended before it was done, several times over. What is done is noted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A sweep that is under way: by which version, with what counted as open, and in how many shares."""

    number: int
    now: int  # seconds since 1970
    of: int
    count: int  # how many to keep for each wanted item


def sweep_in_shares(folder: Path, *, label: str, count: int, now: int, processes: int = 2) -> Best | None:
    """The best ``count`` offered items of each wanted one, by the current version of this label; None where
    there is none.

    A sweep of this label that was interrupted is taken up with the version and the time that it began with.
    A process that is killed is started again. Raise ``SweepFailed`` where that doesn't help.
    """
    plan = _interrupted(folder, label, now=now)
    if plan is None:
        forget_notes(folder)
        current = latest(folder)
        if current is None or current.label != label:
            return None
        plan = Plan(current.number, now, processes, count)
        if _pairs(folder, current) < _FEW_PAIRS:
            return run_share(folder, Plan(current.number, now, 1, count), 0)
        _write(folder, plan)
    _run_all(folder, plan)
    # Each reads what its process has noted, which is all of its share.
    return best_of([run_share(folder, plan, number) for number in range(plan.of)])


def run_share(folder: Path, plan: Plan, number: int) -> Best:
    """Do one share of a sweep, from where it was left; another process that is at it is waited for."""
    reader = open_index(folder, number=plan.number)
    if reader is None:
        raise FileNotFoundError(folder)
    with _alone(folder / f"{NOTES}-{plan.number:08}-{number}-of-{plan.of}.lock"):
        return sweep(reader, Share(number, plan.of), count=plan.count, now=plan.now, folder=folder)


def _run_all(folder: Path, plan: Plan) -> None:
    running = {number: _start(folder, plan, number) for number in range(plan.of)}
    tries = dict.fromkeys(running, 1)
    try:
        while running:
            number, process = next(iter(running.items()))
            if process.wait() == 0:
                del running[number]
            elif tries[number] < _TRIES:
                tries[number] += 1
                running[number] = _start(folder, plan, number)
            else:
                raise SweepFailed(f"share {number} of {plan.of}")
    finally:
        for process in running.values():
            process.kill()
            process.wait()


def _start(folder: Path, plan: Plan, number: int) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "matching.index.sweep_share", str(folder), str(plan.number), str(number)]
    return subprocess.Popen(words, cwd=_ROOT, env=os.environ | _ONE_THREAD)  # noqa: S603  # our own module


def _pairs(folder: Path, manifest: Manifest) -> int:
    reader = open_index(folder, number=manifest.number)
    if reader is None:
        return 0
    wanted, offered = (sum(len(part.until) for part in reader.parts[side]) for side in Side)
    return wanted * offered


def read_plan(folder: Path, number: int) -> Plan:
    """Raise FileNotFoundError where no sweep with this version is under way."""
    return Plan(**json.loads(_plan(folder, number).read_text(encoding="ascii")))


def _interrupted(folder: Path, label: str, *, now: int) -> Plan | None:
    for path in sorted(folder.glob(f"{NOTES}-*-plan.json"), reverse=True):
        plan = read_plan(folder, int(path.name.split("-")[1]))
        try:
            fits = read_manifest(folder, plan.number).label == label and now - plan.now < _STALE
        except FileNotFoundError:
            fits = False
        if fits:
            return plan
    return None


def _write(folder: Path, plan: Plan) -> None:
    half = folder / f"{NOTES}-{plan.number:08}-plan.writing"
    half.write_text(json.dumps(asdict(plan)), encoding="ascii")
    half.rename(_plan(folder, plan.number))


def _plan(folder: Path, number: int) -> Path:
    return folder / f"{NOTES}-{number:08}-plan.json"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("a") as file:
        # The system lets go of it when its holder ends, in whatever way.
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

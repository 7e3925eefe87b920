"""Two processes at one piece of work, as two workers would be."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.database_url import database_url

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Worked:
    seconds: float  # from the word to begin to the last one's end
    said: tuple[tuple[float, ...], ...]  # the numbers that each printed


def work_in_pair(module: str, *arguments: str) -> Worked:
    """Run a module of ours twice. Each prints that it is ready, waits for a line, and prints its numbers."""
    workers = [
        subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", module, *arguments],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"DATABASE_URL": database_url()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(WORKERS)
    ]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()
    started = time.perf_counter()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    said = [worker.communicate()[0].split() for worker in workers]
    return Worked(time.perf_counter() - started, tuple(tuple(map(float, words)) for words in said))

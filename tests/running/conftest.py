"""Starting what ./setu starts, as a person would, and looking at what is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from portal.running.places import ROOT

# What the test run itself was told: a person's terminal knows nothing of it.
_OF_THE_TEST_RUN = ("DATABASE_URL", "REDIS_URL", "SETU_", "DEBUG", "DEMO", "SECRET_KEY", "DJANGO_", "PYTEST_")


@dataclass(slots=True)
class Terminal:
    """Somebody at a shell, with a data folder of their own."""

    data: Path
    variables: dict[str, str] = field(default_factory=dict)
    _started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start ./setu as it is once its environment is there."""
        child = subprocess.Popen(
            [sys.executable, "-m", "portal.running", *words],
            cwd=ROOT,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(child)
        return child

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ./setu to its end."""
        child = self.start(*words)
        output, errors = child.communicate(timeout=60)
        return subprocess.CompletedProcess(words, child.returncode, output, errors)

    def up(self, *words: str) -> subprocess.Popen[str]:
        """Start everything and wait until it is ready."""
        child = self.start("up", *words)
        said = read_until(child, "Setu is ready")
        assert "Setu is ready" in said, said + child.communicate(timeout=30)[1]
        return child

    def hang_up(self) -> None:
        """End what was started and not ended yet."""
        for child in self._started:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
                child.communicate(timeout=60)
            for stream in (child.stdout, child.stderr):
                if stream:
                    stream.close()

    def _environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_TEST_RUN)}
        # Everything that is started inherits SETU_DATA, which is how it is found again.
        return {**own, "SETU_DATA": str(self.data), "DEMO": "False", **self.variables}


def read_until(child: subprocess.Popen[str], words: str) -> str:
    """Return what a program prints, up to the line with these words or its end."""
    said = ""
    for line in child.stdout or ():
        said += line
        if words in line:
            break
    return said


def processes_of(data: Path) -> dict[int, str]:
    """Return the processes that run on a data folder, with their command lines."""
    mark = b"SETU_DATA=" + os.fsencode(data) + b"\0"
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[int(folder.name)] = line
        except OSError:  # it ended while we looked, or is somebody else's
            continue
    return found


def eventually(is_so: Callable[[], bool], *, seconds: float = 30) -> bool:
    """Wait for something that other processes must do."""
    give_up = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path / "var")
    yield terminal
    terminal.hang_up()

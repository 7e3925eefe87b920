"""Programs that shall run until we stop: started in order, watched, started again."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from portal.embedded import children
from portal.embedded.children import Program
from portal.embedded.data_folder import log_file
from portal.embedded.errors import CannotRun, from_log
from portal.running.talk import Say

# So many ends within so long, and starting it again makes no sense.
_TRIES = 5
_WITHIN_SECONDS = 60.0


class Supervisor:
    """Runs named programs; each writes its own log in the data folder."""

    def __init__(self, data: Path, say: Say) -> None:
        self._data = data
        self._say = say
        self._programs: dict[str, Program] = {}
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._ended_at: dict[str, deque[float]] = {}

    def start(self, name: str, program: Program) -> None:
        """Start a program, and from now on watch it."""
        self._programs[name] = program
        with log_file(self._data, name).open("ab") as log:
            self._children[name] = children.start(program, output=log)

    def revive(self) -> None:
        """Start again what has ended. Raise CannotRun for one that keeps ending."""
        for name, child in self._children.items():
            if child.poll() is None:
                continue
            ended_at = self._ended_at.setdefault(name, deque(maxlen=_TRIES))
            ended_at.append(time.monotonic())
            if len(ended_at) == _TRIES and ended_at[-1] - ended_at[0] < _WITHIN_SECONDS:
                raise self._failure(name)
            self._say(f"{name} ended ({_how(child.returncode)}); starting it again")
            self.start(name, self._programs[name])

    def require_running(self, name: str) -> None:
        """Raise CannotRun, with the program's last words, if it has ended."""
        if self._children[name].poll() is not None:
            raise self._failure(name)

    def stop(self, names: Iterable[str], *, seconds: float) -> None:
        """Ask programs to end, all at once, and insist after so many seconds."""
        asked = [self._children[name] for name in names if name in self._children]
        for child in asked:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        give_up = time.monotonic() + seconds
        for child in asked:
            try:
                child.wait(max(0.1, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                children.kill_session(child)

    def _failure(self, name: str) -> CannotRun:
        path = log_file(self._data, name)
        return from_log(path.read_text(errors="replace"), server=f"The {name} process", path=path)


def _how(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

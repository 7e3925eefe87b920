"""Programs that shall run until we stop: started in order, watched, started again."""

from __future__ import annotations

import signal
import subprocess
import time
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
        self._ended_at: dict[str, list[float]] = {}
        self._again_at: dict[str, float] = {}

    def start(self, name: str, program: Program) -> None:
        """Start a program, and from now on watch it."""
        self._programs[name] = program
        with log_file(self._data, name).open("ab") as log:
            self._children[name] = children.start(program, output=log)

    def revive(self) -> None:
        """Start again what has ended, at once or, if it has ended before, a little later each time.

        Raise CannotRun for one that keeps ending.
        """
        now = time.monotonic()
        for name, child in self._children.items():
            if child.poll() is None:
                continue
            if name not in self._again_at:
                self._again_at[name] = now + self._pause_after_end(name, now)
                self._say(f"{name} ended ({_how(child.returncode)}); starting it again")
                # Its own children may live on, and hold the port that the next one needs.
                children.kill_session(child)
            if now >= self._again_at[name]:
                del self._again_at[name]
                self.start(name, self._programs[name])

    def _pause_after_end(self, name: str, now: float) -> float:
        recent = [ended_at for ended_at in self._ended_at.get(name, []) if now - ended_at < _WITHIN_SECONDS]
        self._ended_at[name] = [*recent, now]
        if len(recent) >= _TRIES:
            raise self._failure(name)
        return float(len(recent))

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

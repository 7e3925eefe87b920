"""One folder holds all that an installation writes. Its names, and who may use it at the same time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_LONG_LOG = 10_000_000  # bytes


def log_file(data: Path, program: str) -> Path:
    """Return where a program's log goes. A long one from earlier runs is put aside first."""
    path = data / "logs" / f"{program}.log"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _LONG_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path


class Lock:
    """A lock on a data folder. The system lets go of it when its holder ends, in whatever way."""

    def __init__(self, data: Path, name: str) -> None:
        self._path = data / "locks" / name
        self._held: IO[str] | None = None

    def take(self, *, wait: bool = False, shared: bool = False) -> bool:
        """Take the lock, alone or with others who share it. Return False if it can't be had now."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = self._path.open("a")
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(held, how)
        except BlockingIOError:
            held.close()
            return False
        except BaseException:
            held.close()
            raise
        self._held = held
        return True

    def release(self) -> None:
        """Let go. Does nothing if it isn't held."""
        if self._held is not None:
            self._held.close()
            self._held = None

    @contextmanager
    def held(self, *, wait: bool = False, shared: bool = False) -> Iterator[bool]:
        """Take the lock for a ``with`` block, which is told whether it could be had."""
        try:
            yield self.take(wait=wait, shared=shared)
        finally:
            self.release()

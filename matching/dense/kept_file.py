"""Files that are made once and kept, whole or not at all, however many processes want them at once."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def kept_file(folder: Path, name: str, ending: str, *, make: Callable[[], bytes]) -> Path:
    """Return the file in ``folder``, made if it is missing or damaged. Its name holds its checksum.

    Of several processes one makes it and the others wait. One that is killed half way leaves nothing that
    would be taken for the file.
    """
    found = _whole(folder, name, ending)
    if found is not None:
        return found
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / f"{name}.lock"):
        found = _whole(folder, name, ending)  # another may have made it while we waited
        return found or _write(folder, name, ending, make())


def _whole(folder: Path, name: str, ending: str) -> Path | None:
    for path in sorted(folder.glob(f"{name}-*{ending}")):
        if path.name == _file_name(name, ending, path.read_bytes()):
            return path
    return None


def _file_name(name: str, ending: str, body: bytes) -> str:
    return f"{name}-{hashlib.sha256(body).hexdigest()[:16]}{ending}"


def _write(folder: Path, name: str, ending: str, body: bytes) -> Path:
    for damaged in folder.glob(f"{name}-*{ending}"):
        damaged.unlink()
    half = folder / f"{name}.half"
    with half.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    return half.rename(folder / _file_name(name, ending, body))


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("a") as file:
        # The system lets go of it when its holder ends, in whatever way.
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

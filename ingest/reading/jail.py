"""Files from outside are opened in a child process, which gets only so much memory and time."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import SourceChanged

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 20
LARGEST_ANSWER = 200 * 1024 * 1024  # bytes
REFUSED = 3  # the child's exit code when it says itself, on its last line, what is wrong
_ROOT = Path(__file__).resolve().parents[2]


def read_in_jail(module: str, body: bytes, *, seconds: float = SECONDS) -> Iterator[str]:
    """Yield the lines that ``python -m module`` writes when it is given ``body``.

    Raise SourceChanged, with a reason for a person, if it needs more than it may have, breaks down or
    refuses the file. The child ends before this does, whatever happens; it sees none of our settings.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(body)
        given.seek(0)
        # The module is ours and named by our code; the file comes in as data.
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", module],
            cwd=_ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
        )
        try:
            code = child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise SourceChanged(f"opening the file takes longer than {seconds:g} seconds") from None
        finally:
            child.kill()
            child.wait()
        answer.seek(0)
        if code:
            raise SourceChanged(_why(code, answer.read(1_000).decode(errors="replace")))
        for line in answer:
            yield line.decode()


def confine() -> None:
    """Give up what isn't needed. For the child to call before it looks at the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse(reason: str) -> None:
    """End the child with what is wrong with the file, in place of anything written before."""
    os.ftruncate(1, 0)
    os.lseek(1, 0, os.SEEK_SET)
    os.write(1, reason.encode())
    os._exit(REFUSED)


def _why(code: int, said: str) -> str:
    if code == REFUSED:
        return said
    return f"the file can't be opened within {MEMORY // 2**20} MB of memory and {SECONDS} seconds"

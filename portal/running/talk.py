"""Speaking to the person at the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


def to_output(text: str) -> None:
    """Say it on standard output: where our own words are what was asked for."""
    print(text, flush=True)


def to_error(text: str) -> None:
    """Say it on standard error: where standard output belongs to a command."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def timed(say: Say, what: str) -> Iterator[None]:
    """Say what was done and how long it took, once it is done."""
    began = time.monotonic()
    yield
    say(f"{what} ({time.monotonic() - began:.1f} s)")

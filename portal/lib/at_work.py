"""Who is at work, told to the database, which notes changes under that name: see accounts.auditing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_TELL = (
    "SELECT set_config('setu.person', %s, false), set_config('setu.place', %s, false),"
    " set_config('setu.because', %s, false)"
)


@contextmanager
def at_work(*, person: int, place: str, because: str = "") -> Iterator[None]:
    """What this connection changes meanwhile is a person's doing, at that place."""
    _tell(str(person), place[:300], because[:500])
    try:
        yield
    finally:
        # A broken connection takes what it was told with it.
        if connection.connection is not None and connection.is_usable():
            nobody_at_work()


def nobody_at_work(place: str = "") -> None:
    """What this connection changes from now on is a program's doing, at that place."""
    _tell("", place[:300], "")


def _tell(person: str, place: str, because: str) -> None:
    if connection.in_atomic_block and connection.needs_rollback:
        return  # rolled back, and what was told with it
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [person, place, because])

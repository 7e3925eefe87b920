"""Locks that many processes share, held by the database."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def try_advisory_lock(name: str) -> Iterator[bool]:
    """Yield whether this process holds the lock called ``name``; never wait for it.

    For slow work over the network, where a second runner should leave rather than queue. It ends with the
    database session, so a killed process leaves nothing locked. For quick work on one row, prefer
    ``select_for_update(skip_locked=True)``.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (held,) = cursor.fetchone()
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


@contextmanager
def try_advisory_locks(names: Collection[str]) -> Iterator[frozenset[str]]:
    """Yield which of the locks called ``names`` this process holds: as ``try_advisory_lock``. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name"
            " WHERE pg_try_advisory_lock(hashtextextended(name, 0))",
            [list(names)],
        )
        held = frozenset(name for (name,) in cursor.fetchall())
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name",
                    [list(held)],
                )


def try_lock_until_commit(name: str) -> bool:
    """Whether this transaction now holds the lock called ``name``, until it ends; never waits for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        held: bool = cursor.fetchone()[0]
    return held

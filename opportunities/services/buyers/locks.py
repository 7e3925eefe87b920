"""Who writes what names mean, and who reads it to write what follows, don't do so at the same time."""

from __future__ import annotations

from django.db import connection

_NAME = "what buyers are called"


def hold_names_to_read() -> None:
    """Until the transaction ends no name changes its meaning. Several may hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [_NAME])


def hold_names_to_write() -> None:
    """Until the transaction ends nobody else reads or writes what names mean."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_NAME])

"""Whether a database has been migrated at all."""

from __future__ import annotations

from contextlib import closing

import psycopg2


def is_empty(database_url: str) -> bool:
    """Return whether a database answers but has no tables of Django's. False if it can't be asked."""
    try:
        with closing(psycopg2.connect(database_url, connect_timeout=5)) as link, link.cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations') IS NULL")
            row = cursor.fetchone()
    except psycopg2.Error:
        return False
    return bool(row and row[0])

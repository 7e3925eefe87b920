from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from opportunities.models import (
    Disclosure,
    Merge,
    MergeProposal,
    Notice,
    Opportunity,
    OpportunityRevision,
    Requirement,
)

SCHEMA = "replay"


@contextmanager
def scratch_tables() -> Iterator[None]:
    """Empty copies of the opportunity tables stand in for the real ones until the block ends.

    All inside one transaction that is rolled back: nothing of it stays, even if the process is killed, and
    nobody else ever sees it.
    """
    quote = connection.ops.quote_name
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
            for model in (
                Opportunity,
                Notice,
                OpportunityRevision,
                Disclosure,
                Requirement,
                Merge,
                MergeProposal,
            ):
                table = quote(model._meta.db_table)
                cursor.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
            cursor.execute(f"SET LOCAL search_path TO {SCHEMA}, public")
        yield
        transaction.set_rollback(True)


@contextmanager
def real_tables() -> Iterator[None]:
    """Inside scratch_tables: look at the real ones for a moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO public")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL search_path TO {SCHEMA}, public")

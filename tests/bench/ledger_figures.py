"""How long it takes to go through a long ledger, and to add to it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from opportunities.chain import Entry, LedgerKind
from opportunities.models import LedgerEntry
from opportunities.selectors import examine_ledger, ledger_head
from opportunities.services import About, write_entries, write_ledger
from tests.bench.figures import Figure

ENTRIES = 100_000
WRITTEN = 200
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def measure() -> Iterator[Figure]:
    """A made-up ledger is examined; beside it, the same rows are read and hashed and nothing is compared."""
    write_entries([_line(number) for number in range(ENTRIES)])
    _, head = ledger_head()

    started = time.perf_counter()
    found = examine_ledger(head=head)
    seconds = time.perf_counter() - started
    bare = _read_and_hash()

    started = time.perf_counter()
    for number in range(WRITTEN):
        write_ledger(LedgerKind.PREVIEWED, by=None, now=timezone.now(), about=About(opportunity=number))
    written = (time.perf_counter() - started) / WRITTEN

    yield Figure(
        "ledger.verify", seconds, "s", 5, "less", peer="reading and hashing the rows", ratio=bare / seconds
    )
    yield Figure("ledger.verify.wrong", int(found.flaw is not None), "entries", 0, "less")
    yield Figure("ledger.write", written * 1000, "ms", None, "less")


def _line(number: int) -> Entry:
    at = BEGAN + timedelta(minutes=number)
    return Entry(
        kind=LedgerKind.DISCLOSED,
        at=at,
        by=None,
        opportunity=number,
        rule={"domains": ["drinking-water", "wastewater"], "regions": ["01", "12"]},
        visible_from=at + timedelta(hours=1),
        because="Told on Tuesday's call, confirmed in writing the same day.",
        details={"merged": [number + 1, number + 2]},
    )


def _read_and_hash() -> float:
    started = time.perf_counter()
    for row in LedgerEntry.objects.order_by("number").values_list().iterator(chunk_size=5000):
        hashlib.sha256(repr(row).encode()).hexdigest()
    return time.perf_counter() - started

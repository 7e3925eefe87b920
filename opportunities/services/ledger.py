from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from opportunities.audience import Audience
from opportunities.chain import BEGINNING, Detail, Entry, LedgerKind, seal
from opportunities.models import LedgerEntry
from portal.accounts.models import User

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('ledger', 0))"


@dataclass(frozen=True, slots=True)
class About:
    """What an entry concerns, by number. A company named here reads the entry."""

    opportunity: int | None = None
    project: int | None = None
    company: int | None = None


def write_ledger(  # noqa: PLR0913  what a line says, each by its name
    kind: LedgerKind,
    *,
    by: User | None,
    now: datetime,
    about: About,
    because: str = "",
    details: Mapping[str, Detail] | None = None,
) -> LedgerEntry:
    """Add one line to the ledger, in the transaction of what it tells: both stand, or neither.

    Call it last in that transaction: until it ends, nobody else writes a line. ``details`` hold numbers and
    words, no fractions and no names of people or companies. The line is never changed again.
    """
    said = Entry(
        kind=kind,
        at=now,
        by=None if by is None else by.pk,
        opportunity=about.opportunity,
        project=about.project,
        company=about.company,
        because=because,
        details=details or {},
    )
    (written,) = write_entries([said])
    return written


def note_preview(
    opportunity_id: int, *, to: Audience, by: User, now: datetime, counts: Mapping[str, int]
) -> LedgerEntry:
    """Note that the office looked whom a rule would reach, and in what numbers, before anyone was told."""
    (written,) = write_entries(
        [
            Entry(
                kind=LedgerKind.PREVIEWED,
                at=now,
                by=by.pk,
                opportunity=opportunity_id,
                rule=to.as_rule(),
                details=dict(counts),
            )
        ]
    )
    return written


def write_entries(entries: Sequence[Entry]) -> list[LedgerEntry]:
    """Add many lines to the ledger, in this order. As ``write_ledger``; none costs nothing."""
    if not entries:
        return []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
        last = LedgerEntry.objects.order_by("-number").values_list("number", "seal").first()
        number, previous = last or (0, BEGINNING)
        rows = []
        for entry in entries:
            number += 1
            sealed = seal(entry, number=number, previous=previous)
            rows.append(_row(entry, number=number, previous=previous, sealed=sealed))
            previous = sealed
        return LedgerEntry.objects.bulk_create(rows, batch_size=2000)


def _row(entry: Entry, *, number: int, previous: str, sealed: str) -> LedgerEntry:
    return LedgerEntry(
        number=number,
        previous=previous,
        seal=sealed,
        kind=entry.kind,
        at=entry.at,
        by_id=entry.by,
        opportunity_id=entry.opportunity,
        project_id=entry.project,
        company_id=entry.company,
        rule=entry.rule,
        visible_from=entry.visible_from,
        because=entry.because,
        details=entry.details,
    )

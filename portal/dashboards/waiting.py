"""What waits for the office, from every app, as one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ingest.models import Source
from ingest.selectors import (
    changed_layouts,
    quarantined_parts,
    rejected_documents,
    sources_in_trouble,
    tables_to_map,
    unsure_extractions,
)
from ingest.templatetags.source_words import alarm_words, layout_words
from opportunities.selectors import awaiting_disclosure, waiting_proposals

# Of each kind; the rest shows as those are dealt with.
SHOWN = 50


class WaitingKind(StrEnum):
    UNDISCLOSED = "undisclosed"
    QUARANTINED = "part"
    UNSURE = "notice"
    REJECTED = "document"
    BROKEN = "source"
    ALARMED = "alarm"
    COLUMNS = "columns"
    LAYOUT = "layout"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to look at."""

    kind: WaitingKind
    pk: int
    title: str
    detail: str
    since: datetime | None
    is_early: bool = False
    is_read: bool = False  # a table, by a guess of its columns
    row: Any = None  # what the line was made of, for whoever opens it

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True, slots=True)
class WaitingCount:
    kind: WaitingKind
    count: int

    @property
    def may_be_more(self) -> bool:
        return self.count >= SHOWN


def everything_waiting(*, at: datetime) -> list[Waiting]:
    """The latest of each kind, those that hold others up first. One query a kind, and one for all sources."""
    sources = list(sources_in_trouble()[:SHOWN])
    return [
        *_broken(sources),
        *_alarmed(sources),
        *_layouts(),
        *_columns(),
        *_undisclosed(),
        *_duplicates(),
        *_quarantined(),
        *_unsure(at),
        *_rejected(),
    ]


def _broken(sources: list[Source]) -> Iterator[Waiting]:
    for source in sources:
        if source.consecutive_failures:
            yield Waiting(
                WaitingKind.BROKEN,
                source.pk,
                source.name,
                source.last_failure,
                source.last_polled_at,
                row=source,
            )


def _alarmed(sources: list[Source]) -> Iterator[Waiting]:
    for source in sources:
        if source.alarm:
            words = alarm_words(source)
            yield Waiting(WaitingKind.ALARMED, source.pk, source.name, words, source.alarmed_at, row=source)


def _layouts() -> Iterator[Waiting]:
    for layout in changed_layouts()[:SHOWN]:
        words = layout_words(layout)
        yield Waiting(WaitingKind.LAYOUT, layout.pk, layout.source.name, words, layout.alarmed_at, row=layout)


def _undisclosed() -> Iterator[Waiting]:
    for row in awaiting_disclosure()[:SHOWN]:
        yield Waiting(
            WaitingKind.UNDISCLOSED,
            row.pk,
            row.title,
            row.buyer_name,
            row.recorded_at,
            is_early=row.is_early_stage,
            row=row,
        )


def _duplicates() -> Iterator[Waiting]:
    for row in waiting_proposals()[:SHOWN]:
        one, other = row.survivor_first
        yield Waiting(WaitingKind.DUPLICATE, row.pk, one.title, other.title, row.proposed_at, row=row)


def _quarantined() -> Iterator[Waiting]:
    for part in quarantined_parts()[:SHOWN]:
        where = f"{part.document.source.name}, {part.place}"
        yield Waiting(WaitingKind.QUARANTINED, part.pk, part.reason, where, part.quarantined_at, row=part)


def _unsure(at: datetime) -> Iterator[Waiting]:
    for row in unsure_extractions(at=at, count=SHOWN):
        yield Waiting(WaitingKind.UNSURE, row.pk, row.title, row.source_name, row.fetched_at, row=row)


def _columns() -> Iterator[Waiting]:
    for table in tables_to_map()[:SHOWN]:
        names = ", ".join(table.names)
        title = f"{table.source_name}, {table.file_name}"
        yield Waiting(
            WaitingKind.COLUMNS, table.pk, title, names, table.read_at, is_read=table.is_read, row=table
        )


def _rejected() -> Iterator[Waiting]:
    for row in rejected_documents()[:SHOWN]:
        yield Waiting(
            WaitingKind.REJECTED, row.pk, row.rejected_because, row.source.name, row.fetched_at, row=row
        )


def counts_of(waiting: list[Waiting]) -> list[WaitingCount]:
    kinds = [row.kind for row in waiting]
    return [WaitingCount(kind, kinds.count(kind)) for kind in WaitingKind if kind in kinds]

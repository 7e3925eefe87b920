"""How each source is doing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ingest.models import Extraction, PageLayout, Poll, QuarantinedPart, RawDocument, Source
from ingest.selectors.canary import CANARY

NEW_FOR = timedelta(days=7)
# A source that is due for longer than that is being read by nobody.
OVERDUE_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SourceHealth:
    source: Source
    documents: int
    new_documents: int  # in NEW_FOR
    notices: int
    quarantined: int  # parts nobody has settled
    rejected: int  # documents that hold nothing we know
    waiting: int  # documents not parsed yet
    rows: int | None  # of the last poll that was counted
    new_in_last_poll: int | None
    is_overdue: bool
    changed_layouts: tuple[PageLayout, ...]
    accepted_layout: PageLayout | None  # the last one that a person accepted

    @property
    def is_polled(self) -> bool:
        return self.source.is_enabled and self.source.poll_every_minutes is not None

    @property
    def has_failed(self) -> bool:
        return self.source.consecutive_failures > 0


def source_health(*, at: datetime) -> list[SourceHealth]:
    """Every source but the canary with its numbers, those in trouble first. Two queries, however many."""
    documents = RawDocument.objects.filter(source=OuterRef("pk"))
    polls = Poll.objects.filter(
        source=OuterRef("pk"), failure="", counted_at__isnull=False, left_off_at=None
    ).order_by("-polled_at", "-pk")
    layouts = _layouts()
    rows: Iterable[Any] = (
        Source.objects.exclude(kind=CANARY)
        .annotate(
            documents_count=_count(documents, "source"),
            new_count=_count(documents.filter(fetched_at__gte=at - NEW_FOR), "source"),
            notices_count=_count(
                Extraction.objects.filter(document__source=OuterRef("pk")), "document__source"
            ),
            quarantined_count=_count(
                QuarantinedPart.objects.filter(document__source=OuterRef("pk"), settled_at=None),
                "document__source",
            ),
            rejected_count=_count(documents.rejected(), "source"),
            waiting_count=_count(documents.filter(parsed_at=None), "source"),
            last_rows=Subquery(
                polls.annotate(rows=F("notices") + F("unreadable")).values("rows")[:1],
                output_field=IntegerField(),
            ),
            last_new=Subquery(polls.values("new_documents")[:1]),
        )
        .order_by("-consecutive_failures", F("alarmed_at").desc(nulls_last=True), "name")
    )
    return [
        SourceHealth(
            source=source,
            documents=source.documents_count,
            new_documents=source.new_count,
            notices=source.notices_count,
            quarantined=source.quarantined_count,
            rejected=source.rejected_count,
            waiting=source.waiting_count,
            rows=source.last_rows,
            new_in_last_poll=source.last_new,
            is_overdue=_is_overdue(source, at),
            changed_layouts=tuple(row for row in layouts[source.pk] if row.alarmed_at),
            accepted_layout=next((row for row in layouts[source.pk] if row.settled_by), None),
        )
        for source in rows
    ]


def _layouts() -> defaultdict[int, list[PageLayout]]:
    """Of each source those that alarm and those that a person accepted, the latest first."""
    found: defaultdict[int, list[PageLayout]] = defaultdict(list)
    told = PageLayout.objects.filter(Q(alarmed_at__isnull=False) | Q(settled_by__isnull=False))
    for layout in told.select_related("source", "settled_by").order_by("-settled_at", "-alarmed_at", "pk"):
        found[layout.source_id].append(layout)
    return found


def _is_overdue(source: Source, at: datetime) -> bool:
    is_polled = source.is_enabled and source.poll_every_minutes is not None
    return is_polled and source.next_poll_at is not None and source.next_poll_at < at - OVERDUE_AFTER


def upload_sources() -> QuerySet[Source]:
    """Where files are handed in rather than fetched."""
    return Source.objects.filter(is_enabled=True, kind="upload")


def _count(rows: QuerySet, group: str) -> Coalesce:  # type: ignore[type-arg]  # any model's rows
    counted = rows.order_by().values(group).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

"""What a person at the office has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from ingest.models import Extraction, HandReading, PageLayout, QuarantinedPart, RawDocument, Source
from opportunities.selectors import opportunities_for_office, processes_behind


@dataclass(frozen=True, slots=True)
class WaitingExtraction:
    """A notice some of which could not be read for certain."""

    pk: int
    opportunity_id: int
    opportunity: Any  # the row, which was read anyhow; of the process, so perhaps merged into another
    title: str
    source_name: str
    document_id: int
    fetched_at: datetime


def quarantined_parts() -> QuerySet[QuarantinedPart]:
    waiting = QuarantinedPart.objects.filter(settled_at=None).select_related("document__source")
    return waiting.defer("document__body", "document__headers").order_by("-quarantined_at", "-pk")


def rejected_documents() -> QuerySet[RawDocument]:
    documents = RawDocument.objects.rejected().select_related("source")
    return documents.defer("body", "headers").order_by("-fetched_at", "-pk")


@dataclass(frozen=True, slots=True)
class HandRead:
    """A notice that a person read in a document, and what it tells of."""

    pk: int
    title: str
    opportunity_id: int
    reader: str
    read_at: datetime

    @classmethod
    def of(cls, row: HandReading) -> HandRead:
        about = row.notice.opportunity
        return cls(row.pk, about.title, about.pk, row.read_by.name, row.read_at)


def hand_readings_of(document_id: int, place: str = "") -> list[HandRead]:
    """What people have read in a document, or in one quarantined part of it, latest first."""
    readings = HandReading.objects.filter(document=document_id, place=place)
    rows = readings.select_related("notice__opportunity", "read_by").order_by("-read_at", "-pk")
    return [HandRead.of(row) for row in rows]


def quarantined_part(pk: int) -> QuarantinedPart | None:
    """A part, settled or not."""
    return QuarantinedPart.objects.select_related("settled_by").filter(pk=pk).first()


def broken_sources() -> QuerySet[Source]:
    return Source.objects.filter(consecutive_failures__gt=0).order_by("-last_polled_at", "pk")


def alarmed_sources() -> QuerySet[Source]:
    """Sources that answer, and give something else than they usually do."""
    return Source.objects.exclude(alarm="").order_by("-alarmed_at", "pk")


def sources_in_trouble() -> QuerySet[Source]:
    """Both of these, to be told apart by their columns."""
    return Source.objects.filter(Q(consecutive_failures__gt=0) | ~Q(alarm="")).order_by(
        "-last_polled_at", "pk"
    )


def changed_layouts() -> QuerySet[PageLayout]:
    """Sources whose pages are built otherwise than before, until the office accepts it."""
    return PageLayout.objects.alarming().select_related("source").order_by("-alarmed_at", "pk")


def unsure_extractions(*, at: datetime, pk: int | None = None, count: int = 100) -> list[WaitingExtraction]:
    """Notices that leave a question open for the office, latest first.

    Of what is still open and disclosed: the rest is over, or is looked at before it is disclosed.
    """
    rows = unsure_extractions_at(at)
    if pk is not None:
        rows = rows.filter(pk=pk)
    return [_waiting(extraction) for extraction in rows[:count]]


def unsure_extractions_at(at: datetime) -> QuerySet[Extraction]:
    """The rows of these."""
    still_matters = processes_behind(opportunities_for_office().open_at(at).disclosed_at(at))
    asking = Extraction.objects.filter(asks_since__isnull=False, notice__opportunity__in=still_matters)
    told = asking.select_related("document__source", "notice__opportunity")
    return told.defer("document__body", "document__headers", "notice__content").order_by("-pk")


def _waiting(extraction: Extraction) -> WaitingExtraction:
    return WaitingExtraction(
        pk=extraction.pk,
        opportunity_id=extraction.notice.opportunity.merged_into_id or extraction.notice.opportunity_id,
        opportunity=extraction.notice.opportunity,
        title=extraction.notice.opportunity.title,
        source_name=extraction.document.source.name,
        document_id=extraction.document_id,
        fetched_at=extraction.document.fetched_at,
    )

"""Tables whose columns the office maps: which wait, what was said of them, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ingest.models import ColumnMapping, DocumentTable
from ingest.reading.columns.plan import TableState

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TableToMap:
    """The latest table under a header that nobody has confirmed the columns of."""

    pk: int
    document_id: int
    source_name: str
    file_name: str
    names: tuple[str, ...]
    is_read: bool  # by a guess; else it waits
    read_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """What came of a document with such a table."""

    document_id: int
    file_name: str
    fetched_at: datetime
    is_waiting: bool  # to be read again
    version: int | None
    notices: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class KnownHeader:
    """A header under which a source's tables have come."""

    table_id: int  # the latest
    source_name: str
    names: tuple[str, ...]
    state: str
    version: int | None
    file_name: str
    read_at: datetime


def known_headers() -> list[KnownHeader]:
    """Every header of every source's tables, the latest first."""
    latest = (
        DocumentTable.objects.select_related("document__source", "mapping")
        .defer("document__body", "document__headers")
        .order_by("document__source_id", "signature", "-read_at", "-pk")
        .distinct("document__source_id", "signature")
    )
    headers = [
        KnownHeader(
            table_id=table.pk,
            source_name=table.document.source.name,
            names=tuple(name for name in table.names if name),
            state=table.state,
            version=table.mapping.version if table.mapping else None,
            file_name=table.document.url,
            read_at=table.read_at,
        )
        for table in latest
    ]
    return sorted(headers, key=lambda header: header.read_at, reverse=True)


def tables_to_map() -> list[TableToMap]:
    """One for each header of each source: those that wait before those that were read by a guess."""
    mapped = ColumnMapping.objects.filter(
        source=OuterRef("document__source"), signature=OuterRef("signature")
    )
    latest = (
        DocumentTable.objects.filter(state__in=(TableState.WAITING, TableState.GUESSED))
        .filter(~Exists(mapped))
        .select_related("document__source")
        .defer("document__body", "document__headers")
        .order_by("document__source_id", "signature", "-read_at", "-pk")
        .distinct("document__source_id", "signature")
    )
    tables = [
        TableToMap(
            pk=table.pk,
            document_id=table.document_id,
            source_name=table.document.source.name,
            file_name=table.document.url,
            names=tuple(name for name in table.names if name),
            is_read=table.state == TableState.GUESSED,
            read_at=table.read_at,
        )
        for table in latest
    ]
    return sorted(tables, key=lambda table: (table.is_read, -table.read_at.timestamp()))


def table_to_map(table_id: int) -> DocumentTable | None:
    """A table with the document that holds it."""
    return DocumentTable.objects.select_related("document__source").filter(pk=table_id).first()


def mapping_history(table: DocumentTable) -> QuerySet[ColumnMapping]:
    """Every version of the mapping for a table's header, the one in force first."""
    versions = ColumnMapping.objects.filter(source=table.document.source_id, signature=table.signature)
    return versions.select_related("made_by").order_by("-version")


def documents_read_by(table: DocumentTable) -> list[DocumentRead]:
    """The latest documents of the same source with a table under the same header."""
    alike = DocumentTable.objects.filter(document__source=table.document.source_id, signature=table.signature)
    rows: Iterable[Any] = (
        alike.select_related("document", "mapping")
        .defer("document__body", "document__headers")
        .annotate(
            notices=Count("document__extractions", distinct=True),
            quarantined=Count(
                "document__quarantined_parts",
                distinct=True,
                filter=Q(document__quarantined_parts__settled_at=None),
            ),
        )
        .order_by("-document__fetched_at", "-pk")[:_SHOWN]
    )
    return [
        DocumentRead(
            document_id=row.document_id,
            file_name=row.document.url,
            fetched_at=row.document.fetched_at,
            is_waiting=row.document.parsed_at is None,
            version=row.mapping.version if row.mapping else None,
            notices=row.notices,
            quarantined=row.quarantined,
        )
        for row in rows
    ]

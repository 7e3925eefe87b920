"""Mappings of columns: which is in force, by which a document was read, and a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ingest.models import ColumnMapping, DocumentTable, RawDocument, Source
from ingest.reading.columns.plan import ColumnPlan, ColumnUse, ConfirmedPlans, DateOrder, TableFound, Unit
from ingest.reading.words import tidy
from portal.accounts.models import User

_LONGEST_NAME = 200  # letters


class MappedMeanwhile(Exception):
    """Somebody else has saved a mapping since this one was begun; ``version`` is theirs."""

    def __init__(self, version: int) -> None:
        super().__init__(f"version {version} has been saved meanwhile")
        self.version = version


@dataclass(frozen=True, slots=True)
class HeadedTables:
    """Tables of one source under one header."""

    source_id: int
    signature: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """What came of saving a mapping: how many documents are read again by it, and if it says anything new."""

    version: int
    documents: int
    is_new: bool


def plans_in_force(source_id: int) -> ConfirmedPlans:
    """The latest version of each of a source's mappings."""
    latest = ColumnMapping.objects.filter(source=source_id).order_by("signature", "-version")
    return _plans(latest.distinct("signature"))


def plans_of_document(document_id: int) -> ConfirmedPlans:
    """The mappings by which a document was read last. Those it didn't know of weren't."""
    return _plans(ColumnMapping.objects.filter(tables__document=document_id).distinct())


def is_mapped_anew(document: RawDocument) -> bool:
    """Whether it was read before by other columns than those that are in force now."""
    in_force = plans_in_force(document.source_id)
    for table in document.tables.select_related("mapping"):
        plan = in_force.plan_for(table.signature)
        if (plan.version if plan else None) != (table.mapping.version if table.mapping else None):
            return document.extractions.exists()
    return False


def plan_of_mapping(mapping: ColumnMapping) -> ColumnPlan:
    return ColumnPlan(
        tuple(
            ColumnUse(key, nth, field, Unit(unit), DateOrder(dates), is_spare)
            for key, nth, field, unit, dates, is_spare in mapping.uses
        ),
        mapping.version,
        mapping.is_by_title,
    )


@transaction.atomic
def map_columns(
    tables: HeadedTables, plan: ColumnPlan, *, seen_version: int, by: User, now: datetime
) -> Mapped:
    """Say what the columns under a header hold, and have every document with such a table read again.

    ``seen_version`` is what was in force when the person began (0: none). Raise MappedMeanwhile if another is
    by now, and says something else. Saying what is in force already changes nothing.
    """
    lock_columns(tables.source_id)
    last = ColumnMapping.objects.filter(source=tables.source_id, signature=tables.signature).first()
    uses, version = _rows(plan.uses), last.version if last else 0
    if last is not None and last.uses == uses and last.is_by_title == plan.is_by_title:
        return Mapped(version, 0, is_new=False)
    if version != seen_version:
        raise MappedMeanwhile(version)
    ColumnMapping.objects.create(
        source_id=tables.source_id,
        signature=tables.signature,
        version=version + 1,
        uses=uses,
        is_by_title=plan.is_by_title,
        made_at=now,
        made_by=by,
    )
    alike = DocumentTable.objects.filter(document__source=tables.source_id, signature=tables.signature)
    documents = RawDocument.objects.filter(pk__in=alike.values("document")).exclude(parser_version="")
    return Mapped(version + 1, documents.update(parsed_at=None, retry_at=now), is_new=True)


def lock_columns(source_id: int) -> None:
    """Whoever maps a source's columns, and whoever marks a document as read by them, wait for each other.

    Else a document could be marked as read by a mapping that has just been replaced.
    """
    Source.objects.select_for_update(no_key=True).get(pk=source_id)


def note_tables(document: RawDocument, tables: Iterable[TableFound], *, now: datetime) -> None:
    """Remember which tables a document holds, and by which mapping each was read."""
    found = {table.place[:300]: table for table in tables}
    document.tables.exclude(place__in=found).delete()
    mappings = {
        (mapping.signature, mapping.version): mapping
        for mapping in ColumnMapping.objects.filter(
            source=document.source_id, signature__in=[table.signature for table in found.values()]
        )
    }
    DocumentTable.objects.bulk_create(
        (
            DocumentTable(
                document=document,
                place=place,
                signature=table.signature,
                names=[tidy(name)[:_LONGEST_NAME] for name in table.names],
                state=table.state,
                mapping=mappings.get((table.signature, table.version or 0)),
                read_at=now,
            )
            for place, table in found.items()
        ),
        update_conflicts=True,
        unique_fields=["document", "place"],
        update_fields=["signature", "names", "state", "mapping", "read_at"],
    )


def _plans(mappings: Iterable[ColumnMapping]) -> ConfirmedPlans:
    return ConfirmedPlans(tuple((mapping.signature, plan_of_mapping(mapping)) for mapping in mappings))


def _rows(uses: Sequence[ColumnUse]) -> list[list[object]]:
    return [
        [use.key, use.nth, use.field, str(use.unit), str(use.dates), use.is_spare]
        for use in sorted(uses, key=lambda use: (use.key, use.nth))
    ]

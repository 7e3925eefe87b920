"""One thing from the inbox, as it lies on the desk: the original, what was read from it, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ingest.models import PageLayout, QuarantinedPart, RawDocument, Source
from ingest.reading.plain_text import excerpt_around, plain_text
from ingest.selectors import (
    Provenance,
    TableToMap,
    WaitingExtraction,
    alarmed_sources,
    broken_sources,
    changed_layouts,
    document_with_body,
    documents_behind,
    provenance_of,
    quarantined_parts,
    rejected_documents,
    tables_to_map,
    unsure_extractions,
)
from opportunities.selectors import awaiting_disclosure, opportunities_for_office, waiting_proposals
from portal.dashboards.facts import Fact, record
from portal.dashboards.waiting import Waiting, WaitingKind
from portal.lib.numbers import number_in


@dataclass(frozen=True, slots=True)
class Original:
    """A stored document as a person reads it, with the words that were made facts of."""

    document: RawDocument
    text: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    kind: WaitingKind
    original: Original | None = None
    opportunity: Any = None  # a row of opportunities, which pages don't import
    facts: list[Fact] = field(default_factory=list)
    provenance: Provenance | None = None
    part: QuarantinedPart | None = None
    source: Source | None = None
    table: TableToMap | None = None
    layout: PageLayout | None = None
    proposal: Any = None  # that two opportunities may be one


def desk_for(key: str, waiting: Iterable[Waiting], *, at: datetime) -> Desk | None:
    """What the inbox line with this key is about; None if there is no such line, or it is dealt with.

    What is among those shown is not asked for again.
    """
    kind, _, number = key.partition("-")
    pk = number_in(number)
    if kind not in set(WaitingKind) or pk is None:
        return None
    row = next((shown.row for shown in waiting if shown.key == key), None)
    if row is None:
        row = _FINDERS[WaitingKind(kind)](pk, at)
    return None if row is None else _LAYERS[WaitingKind(kind)](row, at)


def _undisclosed(opportunity: Any, at: datetime) -> Desk:
    provenance = provenance_of(opportunity.pk, with_questions=True)
    read_in = [origin.document_id for origin in provenance.origins.values()]
    # Nothing was traced to a place in it, but it is known which document told of it.
    told_in = read_in or [document.pk for document in documents_behind(opportunity.pk, to=None, at=at)]
    return _record(WaitingKind.UNDISCLOSED, opportunity, provenance, told_in[0] if told_in else None)


def _unsure(found: WaitingExtraction, _at: datetime) -> Desk:
    opportunity = found.opportunity
    if opportunity.pk != found.opportunity_id:
        opportunity = opportunities_for_office().get(pk=found.opportunity_id)
    provenance = provenance_of(opportunity.pk, with_questions=True)
    return _record(WaitingKind.UNSURE, opportunity, provenance, found.document_id)


def _record(kind: WaitingKind, opportunity: Any, provenance: Provenance, document_id: int | None) -> Desk:
    words = [*provenance.words(), *(asked.question.words for asked in provenance.questions)]
    return Desk(
        kind,
        original=original_of(document_id, words),
        opportunity=opportunity,
        facts=record(opportunity, provenance.origins),
        provenance=provenance,
    )


def _part(part: QuarantinedPart, _at: datetime) -> Desk:
    return Desk(WaitingKind.QUARANTINED, original=original_of(part.document_id, [part.excerpt]), part=part)


def _document(document: RawDocument, _at: datetime) -> Desk:
    return Desk(WaitingKind.REJECTED, original=original_of(document.pk, []))


def _source(source: Source, _at: datetime) -> Desk:
    return Desk(WaitingKind.BROKEN, source=source)


def _alarm(source: Source, _at: datetime) -> Desk:
    return Desk(WaitingKind.ALARMED, source=source)


def _layout(layout: PageLayout, _at: datetime) -> Desk:
    return Desk(WaitingKind.LAYOUT, source=layout.source, layout=layout)


def _duplicate(proposal: Any, _at: datetime) -> Desk:
    return Desk(WaitingKind.DUPLICATE, proposal=proposal)


def _columns(table: TableToMap, _at: datetime) -> Desk:
    return Desk(WaitingKind.COLUMNS, original=original_of(table.document_id, table.names), table=table)


def original_of(document_id: int | None, words: Iterable[str]) -> Original | None:
    """A stored document as the desk shows it; None if there is no such document."""
    document = document_with_body(document_id) if document_id is not None else None
    if document is None:
        return None
    phrases = tuple(word for word in words if word.strip())
    text = plain_text(bytes(document.body), document.media_type)
    return Original(document, excerpt_around(text, phrases), phrases)


_LAYERS: dict[WaitingKind, Callable[[Any, datetime], Desk]] = {
    WaitingKind.UNDISCLOSED: _undisclosed,
    WaitingKind.UNSURE: _unsure,
    WaitingKind.QUARANTINED: _part,
    WaitingKind.REJECTED: _document,
    WaitingKind.BROKEN: _source,
    WaitingKind.ALARMED: _alarm,
    WaitingKind.LAYOUT: _layout,
    WaitingKind.DUPLICATE: _duplicate,
    WaitingKind.COLUMNS: _columns,
}
# Those of each kind that are too many to be shown.
_FINDERS: dict[WaitingKind, Callable[[int, datetime], Any]] = {
    WaitingKind.UNDISCLOSED: lambda pk, _at: awaiting_disclosure().filter(pk=pk).first(),
    WaitingKind.UNSURE: lambda pk, at: next(iter(unsure_extractions(at=at, pk=pk)), None),
    WaitingKind.QUARANTINED: lambda pk, _at: quarantined_parts().filter(pk=pk).first(),
    WaitingKind.REJECTED: lambda pk, _at: rejected_documents().filter(pk=pk).first(),
    WaitingKind.BROKEN: lambda pk, _at: broken_sources().filter(pk=pk).first(),
    WaitingKind.ALARMED: lambda pk, _at: alarmed_sources().filter(pk=pk).first(),
    WaitingKind.LAYOUT: lambda pk, _at: changed_layouts().filter(pk=pk).first(),
    WaitingKind.DUPLICATE: lambda pk, _at: waiting_proposals().filter(pk=pk).first(),
    WaitingKind.COLUMNS: lambda pk, _at: next((table for table in tables_to_map() if table.pk == pk), None),
}

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
    document_with_body,
    documents_behind,
    provenance_of,
    quarantined_parts,
    rejected_documents,
    unsure_extractions,
)
from opportunities.selectors import (
    UnknownBuyer,
    awaiting_disclosure,
    likely_buyers,
    opportunities_for_office,
    waiting_proposals,
)
from portal.accounts.registrations import WaitingRegistration, waiting_registration
from portal.dashboards.facts import Fact, record
from portal.dashboards.side_by_side import Pair, pair_of
from portal.dashboards.waiting import Waiting, WaitingKind


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
    pair: Pair | None = None  # and what each of them says
    registration: WaitingRegistration | None = None
    unknown_buyer: UnknownBuyer | None = None
    likely_buyers: list[Any] = field(default_factory=list)


def desk_for(line: Waiting, *, at: datetime) -> Desk | None:
    """What a line of the inbox is about; None if it was dealt with this moment."""
    row = line.row
    if row is None:
        row = _FINDERS[line.kind](line.pk, at)
    return None if row is None else _LAYERS[line.kind](row, at)


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


def _duplicate(proposal: Any, at: datetime) -> Desk:
    return Desk(WaitingKind.DUPLICATE, proposal=proposal, pair=pair_of(proposal, at=at))


def _registration(registration: WaitingRegistration, _at: datetime) -> Desk:
    return Desk(WaitingKind.REGISTRATION, registration=registration)


def _buyer(unknown: UnknownBuyer, at: datetime) -> Desk:
    provenance = provenance_of(unknown.latest_opportunity)
    documents = documents_behind(unknown.latest_opportunity, to=None, at=at)
    read_in = [origin.document_id for origin in provenance.origins.values()]
    told_in = read_in or [document.pk for document in documents]
    return Desk(
        WaitingKind.BUYER,
        original=original_of(told_in[0] if told_in else None, [unknown.name]),
        unknown_buyer=unknown,
        likely_buyers=likely_buyers(unknown.name),
    )


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
    WaitingKind.REGISTRATION: _registration,
    WaitingKind.COLUMNS: _columns,
    WaitingKind.BUYER: _buyer,
}
# What a line of that kind is about; of the other kinds it holds all there is.
_FINDERS: dict[WaitingKind, Callable[[int, datetime], Any]] = {
    WaitingKind.UNDISCLOSED: lambda pk, _at: awaiting_disclosure().filter(pk=pk).first(),
    WaitingKind.UNSURE: lambda pk, at: next(iter(unsure_extractions(at=at, pk=pk)), None),
    WaitingKind.QUARANTINED: lambda pk, _at: quarantined_parts().filter(pk=pk).first(),
    WaitingKind.REJECTED: lambda pk, _at: rejected_documents().filter(pk=pk).first(),
    WaitingKind.REGISTRATION: lambda pk, _at: waiting_registration(pk),
    WaitingKind.DUPLICATE: lambda pk, _at: waiting_proposals().filter(pk=pk).first(),
}

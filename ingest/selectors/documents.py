"""From a fact back to its bytes, and who may follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Length

from ingest.models import Extraction, QuarantinedPart, RawDocument
from ingest.selectors.questions import OpenQuestion, questions_left_by
from opportunities.parsed_notice import CONFIDENT, Doubt, FieldOrigin
from opportunities.selectors import processes_behind, rulings_on, visible_opportunities
from opportunities.serialization import doubts_from_json, origins_from_json
from portal.accounts.models import Company

# The opportunity that an extraction's notice is read in
_READ_IN = Coalesce("notice__opportunity__merged_into", "notice__opportunity")


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A stored original, without its bytes."""

    pk: int
    source_name: str
    url: str
    media_type: str
    size: int  # bytes
    fetched_at: datetime
    seen_at: datetime
    may_be_opened: bool

    @property
    def is_web_address(self) -> bool:
        return self.url.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact was read: the words, their place, and the document that holds them."""

    field: str
    place: str
    words: str
    is_sure: bool
    confidence: float  # 0 to 1, as the reader tells it
    ruled_at: datetime | None  # when the office confirmed or corrected it
    source_name: str
    document_id: int
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything known about where an opportunity's facts came from."""

    origins: dict[str, Origin]  # the latest for each field, the sure before the unsure
    doubts: tuple[Doubt, ...]  # that nobody has answered
    questions: tuple[OpenQuestion, ...] = ()

    def words(self) -> list[str]:
        return [origin.words for origin in self.origins.values()]


def documents_behind(opportunity_id: int, *, to: Company | None, at: datetime) -> list[StoredDocument]:
    """The originals of an opportunity, the latest first. ``to`` is None for the office.

    The caller has been through the door for the opportunity. A document that also tells of something the
    company may not know of is listed but may not be opened.
    """
    documents = RawDocument.objects.filter(
        extractions__notice__opportunity__in=processes_behind([opportunity_id])
    ).distinct()
    if to is not None:
        documents = documents.annotate(is_closed=_holds_hidden(to, at))
    sized = documents.select_related("source").annotate(size=Length("body")).defer("body", "headers")
    rows: Iterable[Any] = sized.order_by("-fetched_at", "-pk")
    return [
        StoredDocument(
            pk=document.pk,
            source_name=document.source.name,
            url=document.url,
            media_type=document.media_type,
            size=document.size,
            fetched_at=document.fetched_at,
            seen_at=document.seen_at,
            may_be_opened=to is None or not document.is_closed,
        )
        for document in rows
    ]


def original_for(company: Company, document_id: int, *, at: datetime) -> RawDocument | None:
    """A stored original, if everything it tells of is the company's to know; else None."""
    known = visible_opportunities(to=company, at=at).filter(pk=OuterRef("read_in"))
    told = Extraction.objects.filter(document=OuterRef("pk")).alias(read_in=_READ_IN).filter(Exists(known))
    return (
        RawDocument.objects.annotate(is_closed=_holds_hidden(company, at), is_told=Exists(told))
        .filter(pk=document_id, is_told=True, is_closed=False)
        .first()
    )


def document_with_body(document_id: int) -> RawDocument | None:
    """Any stored original: for the office alone."""
    return RawDocument.objects.select_related("source", "handed_in_by").filter(pk=document_id).first()


def _holds_hidden(company: Company, at: datetime) -> Q:
    """Whether a document tells of something undisclosed, or holds a part that nobody has looked at."""
    told = Extraction.objects.filter(document=OuterRef("pk")).alias(read_in=_READ_IN)
    # Asked of each by itself: of a document's few, not of all that the company may know of.
    known = visible_opportunities(to=company, at=at).filter(pk=OuterRef("read_in"))
    hidden = told.filter(~Exists(known))
    unread = QuarantinedPart.objects.filter(document=OuterRef("pk"), settled_at=None)
    # Of one that was rejected only what a person typed is known, not what else it tells of.
    return Q(Exists(hidden)) | Q(Exists(unread)) | ~Q(rejected_because="")


def provenance_of(opportunity_id: int, *, with_questions: bool = False) -> Provenance:
    """Where each fact of an opportunity was last read, and what could not be read. One query.

    With questions: what the office is asked about it, too.
    """
    extractions: QuerySet[Any] = (
        Extraction.objects.filter(notice__opportunity__in=processes_behind([opportunity_id]))
        .select_related("document__source", "notice")
        .defer("document__body", "document__headers", *([] if with_questions else ["notice__content"]))
        .annotate(rulings=rulings_on("notice__opportunity"))
    )
    origins: dict[str, Origin] = {}
    doubts: dict[Doubt, None] = {}
    for extraction in sorted(extractions, key=_told_at):
        for read in _stated_in(extraction):
            # As the facts are compiled: an unsure reading replaces no sure one.
            if read.is_sure or read.field not in origins or not origins[read.field].is_sure:
                origins[read.field] = read
        answered = {row["words"] for row in extraction.rulings if row["read"] is None}
        left = [doubt for doubt in doubts_from_json(extraction.doubts) if doubt.words not in answered]
        doubts |= dict.fromkeys(left)
    return Provenance(origins, tuple(doubts), questions_left_by(extractions) if with_questions else ())


def _stated_in(extraction: Any) -> Iterator[Origin]:
    """What a document states of the facts, as the office reads it."""
    document = extraction.document
    ruled = {(row["field"], row["words"]): row for row in extraction.rulings}  # the last one stands
    for told in origins_from_json(extraction.origins):
        ruling = ruled.get((told.field, told.words))
        if ruling is None:
            yield _origin(told, document)
        elif ruling["value"] is not None:
            yield _origin(told, document, ruled_at=ruling["decided_at"])
    for doubt in doubts_from_json(extraction.doubts):
        ruling = ruled.get((doubt.field, doubt.words))
        if ruling is not None and ruling["value"] is not None:
            read = FieldOrigin(doubt.field, doubt.place, doubt.words)
            yield _origin(read, document, ruled_at=ruling["decided_at"])


def source_names(notice_ids: Collection[int]) -> dict[int, str]:
    """The name of a source that told of each notice; no query for none."""
    if not notice_ids:
        return {}
    told = Extraction.objects.filter(notice__in=notice_ids).order_by("-pk")
    return dict(told.values_list("notice_id", "document__source__name"))


def _told_at(extraction: Extraction) -> tuple[datetime, datetime]:
    return (extraction.notice.published_at or extraction.notice.seen_at, extraction.document.fetched_at)


def _origin(origin: FieldOrigin, document: RawDocument, *, ruled_at: str | None = None) -> Origin:
    return Origin(
        field=origin.field,
        place=origin.place,
        words=origin.words,
        is_sure=ruled_at is not None or origin.confidence >= CONFIDENT,
        confidence=origin.confidence,
        ruled_at=datetime.fromisoformat(ruled_at) if ruled_at else None,
        source_name=document.source.name,
        document_id=document.pk,
        fetched_at=document.fetched_at,
    )

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ingest.models import Extraction, HandReading, RawDocument
from ingest.reading.by_hand import HandOrigin, notice_by_hand
from ingest.reading.place import with_place
from ingest.services.settle import settle_document, settle_quarantined_part
from opportunities.parsed_notice import NoticeKind
from opportunities.serialization import content_hash, notice_from_json, notice_to_json, origins_to_json
from opportunities.services import record_notice
from portal.accounts.models import User

BECAUSE = "read by hand"


@transaction.atomic
def read_by_hand(  # noqa: PLR0913  what was typed, about what, by whom
    document_id: int,
    typed: Mapping[str, str],
    *,
    kind: NoticeKind,
    place: str = "",
    is_last: bool = True,
    by: User,
    now: datetime,
) -> HandReading:
    """Record what a person read in a document, and settle what waited for it.

    ``place`` is a quarantined part's, or blank for a document that was rejected as a whole; that one is
    settled once its last notice has been typed. The same again is recorded once. Raise NotUnderstood, with
    a reason for a person, for what can't be a notice.
    """
    # One writer at a time, or what is sent twice at once would count as two readings.
    document = RawDocument.objects.select_for_update(of=("self",), no_key=True).defer("body")
    document_row = document.select_related("source").get(pk=document_id)
    origin = HandOrigin(place, by.name, document_row.source.publisher, _number(document_row, place, typed))
    parsed = with_place(notice_by_hand(typed, kind=kind, origin=origin))
    content = notice_to_json(parsed)
    said = {"document": document_row, "place": place, "content_hash": content_hash(content)}
    reading = HandReading.objects.filter(**said).first()
    if reading is None:
        notice = record_notice(parsed, seen_at=now, now=now)
        reading = HandReading.objects.create(**said, content=content, notice=notice, read_by=by, read_at=now)
        Extraction.objects.get_or_create(
            document=document_row, notice=notice, defaults={"origins": origins_to_json(parsed.origins)}
        )
    for part in document_row.quarantined_parts.filter(place=place):
        settle_quarantined_part(part.pk, because=BECAUSE, by=by, now=now)
    if not place and is_last:
        settle_document(document_id, because=BECAUSE, by=by, now=now)
    return reading


def record_hand_readings(*, now: datetime) -> None:
    """Record all that people have read, again: for replaying the archive. Twice is once."""
    for reading in HandReading.objects.order_by("read_at", "pk").iterator():
        record_notice(notice_from_json(reading.content), seen_at=reading.read_at, now=now)


def _number(document: RawDocument, place: str, typed: Mapping[str, str]) -> str:
    """The same for the same words about the same part, so that sending them twice names one notice."""
    about = "\n".join([document.sha256, place, typed.get("title", ""), typed.get("process_id", "")])
    return f"by-hand-{hashlib.sha256(about.encode()).hexdigest()[:12]}"

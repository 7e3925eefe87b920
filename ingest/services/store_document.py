from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from ingest.models import RawDocument, Source
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument
from portal.accounts.models import User


@transaction.atomic
def store_document(
    source: Source, fetched: FetchedDocument, *, by: User | None = None, now: datetime
) -> tuple[RawDocument, bool]:
    """Keep the bytes verbatim; return the row and whether it is new to us.

    What we already have is stored once, however often it is fetched. If the source has said something else
    in between, the old document counts again from now on and is parsed again.
    """
    document, is_new = RawDocument.objects.get_or_create(
        source=source,
        url=fetched.url,
        fingerprint=ADAPTERS[source.kind].fingerprint(fetched),
        defaults={
            "sha256": hashlib.sha256(fetched.body).hexdigest(),
            "media_type": fetched.media_type,
            "headers": [list(pair) for pair in fetched.headers],
            "body": fetched.body,
            "fetched_at": now,
            "seen_at": now,
            "as_of": now,
            "retry_at": now,
            "handed_in_by": by,
        },
    )
    if not is_new:
        _see_again(document, now=now)
    return document, is_new


def _see_again(document: RawDocument, *, now: datetime) -> None:
    versions = RawDocument.objects.filter(source=document.source_id, url=document.url)
    document.seen_at = max(now, document.seen_at)
    if versions.filter(as_of__gt=document.as_of).exists():
        document.as_of = now
        document.parsed_at = None
        document.retry_at = now
    document.save(update_fields=["seen_at", "as_of", "parsed_at", "retry_at"])


def receive_upload(  # noqa: PLR0913  all that is known of a file
    source: Source, *, name: str, media_type: str, body: bytes, by: User | None = None, now: datetime
) -> tuple[RawDocument, bool]:
    """Keep a file that a person handed in, and who did first. Parsing it is another step."""
    return store_document(source, FetchedDocument(url=name, media_type=media_type, body=body), by=by, now=now)


def receive_paste(source: Source, text: str, *, by: User, now: datetime) -> tuple[RawDocument, bool]:
    """Keep text that a person pasted, as it is. The same text again is the same document."""
    body = text.encode()
    name = f"pasted text {hashlib.sha256(body).hexdigest()[:12]}"
    return receive_upload(source, name=name, media_type=_kind_of_text(text), body=body, by=by, now=now)


def _kind_of_text(text: str) -> str:
    return "text/html" if text.lstrip().startswith("<") else "text/plain"

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from ingest.models import RawDocument, Source
from ingest.sources import ADAPTERS
from ingest.sources.base import FetchedDocument


@transaction.atomic
def store_document(source: Source, fetched: FetchedDocument, *, now: datetime) -> tuple[RawDocument, bool]:
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


def receive_upload(
    source: Source, *, name: str, media_type: str, body: bytes, now: datetime
) -> tuple[RawDocument, bool]:
    """Keep a file that a person handed in. Parsing it is another step."""
    return store_document(source, FetchedDocument(url=name, media_type=media_type, body=body), now=now)

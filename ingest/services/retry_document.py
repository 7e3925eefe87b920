from __future__ import annotations

from datetime import datetime

from ingest.models import RawDocument


def retry_document(document_id: int, *, now: datetime) -> None:
    """Have a document read again, as if it had never been tried. What was recorded from it stays."""
    RawDocument.objects.filter(pk=document_id).update(
        parsed_at=None,
        rejected_because="",
        settled_at=None,
        settled_because="",
        settled_by=None,
        retry_at=now,
        attempts=0,
        last_error="",
        unfinished_tries=0,
        tried_by="",
    )

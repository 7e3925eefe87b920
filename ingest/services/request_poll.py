from __future__ import annotations

from datetime import datetime

from ingest.models import Source


def request_poll(source_id: int, *, now: datetime) -> None:
    """Make a source due at once; the next sweep reads it."""
    Source.objects.filter(pk=source_id).update(next_poll_at=now)

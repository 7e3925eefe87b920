from __future__ import annotations

from datetime import datetime

from ingest.models import Source


def request_poll(source_id: int, *, now: datetime) -> None:
    """Make a source due at once; the next sweep reads it. An open breaker stays open until that went well."""
    Source.objects.filter(pk=source_id).update(next_poll_at=now)


def close_breaker(source_id: int, *, now: datetime) -> None:
    """Forget a source's failures and read it as usual again, from now on."""
    Source.objects.filter(pk=source_id).update(
        opened_at=None, consecutive_failures=0, last_failure="", next_poll_at=now
    )

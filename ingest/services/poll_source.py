from __future__ import annotations

import logging
from datetime import datetime, timedelta

from ingest.errors import IngestError
from ingest.models import Source
from ingest.services.source_settings import settings_of
from ingest.services.store_document import store_document
from ingest.sources import ADAPTERS
from ingest.sources.http import polite_client
from portal.lib.locks import try_advisory_lock
from portal.lib.retry import wait_after

logger = logging.getLogger(__name__)


def poll_source(source_id: int, *, now: datetime) -> int:
    """Store whatever the source has now; return how many documents were new to us.

    Documents are kept one by one, so a failure half-way loses none. Failures are noted on the source and
    shown to the office; the source waits longer after each, and they are not raised.
    """
    with try_advisory_lock(f"poll:{source_id}") as held:
        if not held:  # another worker is reading it
            return 0
        source = Source.objects.get(pk=source_id)
        new_documents = 0
        try:
            with polite_client() as client:
                for fetched in ADAPTERS[source.kind].fetch(settings_of(source), client, now=now):
                    _, is_new = store_document(source, fetched, now=now)
                    new_documents += is_new
        except IngestError as error:
            logger.warning("poll failed", extra={"source": source.slug, "reason": str(error)})
            _note_failure(source, f"{type(error).__name__}: {error}", now=now)
        else:
            _note_success(source, now=now)
        return new_documents


def _note_success(source: Source, *, now: datetime) -> None:
    Source.objects.filter(pk=source.pk).update(
        last_polled_at=now,
        last_success_at=now,
        last_failure="",
        consecutive_failures=0,
        next_poll_at=now + timedelta(minutes=source.poll_every_minutes or 0),
    )


def _note_failure(source: Source, reason: str, *, now: datetime) -> None:
    failures = source.consecutive_failures + 1
    pause = max(timedelta(minutes=source.poll_every_minutes or 0), wait_after(failures - 1))
    Source.objects.filter(pk=source.pk).update(
        last_polled_at=now, last_failure=reason, consecutive_failures=failures, next_poll_at=now + pause
    )

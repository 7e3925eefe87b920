from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from ingest.errors import IngestError, SourceUnavailable
from ingest.models import Poll, Source
from ingest.services.archive import StoredDocuments
from ingest.services.source_settings import settings_of
from ingest.services.store_document import store_document
from ingest.sources import ADAPTERS
from ingest.sources.http import polite_client
from portal.lib.locks import try_advisory_lock
from portal.lib.retry import wait_after

logger = logging.getLogger(__name__)

FAILURES_THAT_OPEN = 5  # in a row


def poll_source(source_id: int, *, now: datetime, only_if_due: bool = False) -> int:
    """Store whatever the source has now; return how many documents were new to us.

    Documents are kept one by one, so a failure half-way loses none. Failures are noted on the source and
    shown to the office; the source waits longer after each. They are raised only if the fault is ours.
    ``only_if_due`` is for callers who asked some time ago: another may have read the source since.
    """
    with try_advisory_lock(f"poll:{source_id}") as held:
        if not held:  # another worker is reading it
            return 0
        source = Source.objects.get(pk=source_id)
        if only_if_due and not Source.objects.due_at(now).filter(pk=source_id).exists():
            return 0
        poll = Poll(source=source, polled_at=now)
        try:
            with polite_client(StoredDocuments(source)) as client:
                for fetched in ADAPTERS[source.kind].fetch(settings_of(source), client, now=now):
                    document, is_new = store_document(source, fetched, now=now)
                    poll.document_ids.append(document.pk)
                    poll.new_documents += is_new
                poll.left_off_at = client.left_off_at
        except IngestError as error:
            logger.warning("poll failed", extra={"source": source.slug, "reason": str(error)})
            wait = error.wait if isinstance(error, SourceUnavailable) else timedelta(0)
            _note_failure(poll, f"{type(error).__name__}: {error}", wait=wait, now=now)
        except Exception as error:
            # Ours to mend; and until then the portal isn't to be asked again every half minute.
            _note_failure(poll, repr(error)[:2000], now=now)
            raise
        else:
            _note_success(poll, now=now)
        return poll.new_documents


@transaction.atomic
def _note_success(poll: Poll, *, now: datetime) -> None:
    poll.document_ids = sorted(set(poll.document_ids))
    poll.documents = len(poll.document_ids)
    poll.save()
    Source.objects.filter(pk=poll.source_id).update(
        last_polled_at=now,
        last_success_at=now,
        last_failure="",
        consecutive_failures=0,
        opened_at=None,
        resume_at=poll.left_off_at or "",
        next_poll_at=now + timedelta(minutes=poll.source.poll_every_minutes or 0),
    )


@transaction.atomic
def _note_failure(poll: Poll, reason: str, *, wait: timedelta = timedelta(0), now: datetime) -> None:
    poll.documents = len(set(poll.document_ids))
    poll.document_ids = []
    poll.failure = reason
    poll.counted_at = now
    poll.save()
    source = poll.source
    failures = source.consecutive_failures + 1
    pause = max(timedelta(minutes=source.poll_every_minutes or 0), wait_after(failures - 1), wait)
    opens = source.opened_at is None and failures >= FAILURES_THAT_OPEN
    if opens:
        logger.error("breaker opened", extra={"source": source.slug, "failures": failures})
    Source.objects.filter(pk=source.pk).update(
        last_polled_at=now,
        last_failure=reason,
        consecutive_failures=failures,
        opened_at=now if opens else source.opened_at,
        next_poll_at=now + pause,
    )

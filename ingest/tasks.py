"""When ingest runs. What it does is in services."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from ingest import services
from ingest.models import RawDocument, Source
from ingest.services import replay
from portal.lib.retry import postpone_on_failure

# Less than a task may take; what is left of a replay waits for the next sweep.
_LONGEST_SLICE = 150.0  # seconds


@shared_task
def poll_due_sources() -> None:
    due = Source.objects.due_at(timezone.now())
    for pk in due.values_list("pk", flat=True):
        # Expires when the next sweep would ask again, so a backlog can't fill with repeats.
        poll_source.apply_async((pk,), expires=30)


@shared_task
def poll_source(source_id: int) -> None:
    if services.poll_source(source_id, now=timezone.now(), only_if_due=True):
        parse_pending_documents.delay()


@shared_task
def parse_pending_documents() -> None:
    """The rows say what is left to do, so a lost message costs one sweep and no more."""
    due = RawDocument.objects.unparsed_at(timezone.now()).order_by("pk")
    for pk in due.values_list("pk", flat=True)[:500]:
        parse_document.apply_async((pk,), expires=60)


@shared_task
def parse_document(document_id: int) -> None:
    now = timezone.now()
    with postpone_on_failure(RawDocument, document_id, now=now):
        services.parse_document(document_id, now=now)


@shared_task
def watch_canary() -> None:
    services.watch_canary(now=timezone.now())


@shared_task
def tidy_history() -> None:
    services.tidy_history(now=timezone.now())


@shared_task(time_limit=3_600, soft_time_limit=3_500)
def compare_requested_replay() -> None:
    """Longer than others: it makes the archive anew. Another worker that is told the same finds it locked."""
    replay.compare_requested(now=timezone.now())


@shared_task
def apply_accepted_replay() -> None:
    replay.apply_accepted(now=timezone.now(), seconds=_LONGEST_SLICE)


@shared_task
def check_sources() -> None:
    services.check_sources(now=timezone.now())

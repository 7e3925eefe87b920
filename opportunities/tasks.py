"""When opportunities are compared and made findable, and projects follow. What it does is in services."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from opportunities import services

# A sweep takes so many, at some milliseconds each; the rest waits for the next.
AT_ONCE = 500


@shared_task
def compare_pending_opportunities() -> None:
    """The rows say what is left to do. One call does many: a message each costs more than the work."""
    now = timezone.now()
    for pk in services.pending_comparisons(count=AT_ONCE):
        services.compare_opportunity(pk, now=now)
    services.settle_proposals(now=now)


@shared_task
def record_pending_projects() -> None:
    """As above: the rows say which projects have still to say what their processes told."""
    now = timezone.now()
    for pk in services.pending_projects(count=AT_ONCE):
        services.record_project(pk, now=now)


@shared_task
def name_pending_buyers() -> None:
    """As above: the rows say whose names have still to be understood."""
    now = timezone.now()
    # A back-fill brings many thousands, and each transaction should be short.
    for _ in range(10):
        if services.name_buyers(now=now, most=AT_ONCE) < AT_ONCE:
            return


@shared_task
def reckon_pending_memories() -> None:
    """As above: the rows say which buyers' tenders were written, or were looked at hours ago."""
    services.reckon_memories(now=timezone.now())


@shared_task
def refresh_search() -> None:
    """Recording keeps what is searched up to date; this makes up for rows that came in another way."""
    services.write_missing_entries()
    services.note_search_words()

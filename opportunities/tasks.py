"""When opportunities are compared with each other, and projects follow. What it does is in services."""

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

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from portal.demo import first_digest
from portal.demo.past import tell_of_the_past
from portal.demo.projects import link_the_tendered


@shared_task
def owe_first_digest() -> None:
    """What is out today is matched first: that is what people wait for. Then the past, then the digest."""
    now = timezone.now()
    # The past is matched as well before anybody is told anything.
    if first_digest.is_settled() and not tell_of_the_past(now=now):
        link_the_tendered(now=now)
        first_digest.owe_first_digest(now=now)

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from portal.demo.first_digest import owe_first_digest as owe
from portal.demo.projects import link_the_tendered, tell_of_projects


@shared_task
def owe_first_digest() -> None:
    """What the cities plan is told first, so that the digest tells of it."""
    now = timezone.now()
    tell_of_projects(now=now)
    link_the_tendered(now=now)
    owe(now=now)

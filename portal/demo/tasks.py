from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from portal.demo.first_digest import owe_first_digest as owe


@shared_task
def owe_first_digest() -> None:
    owe(now=timezone.now())

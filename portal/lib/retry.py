"""Rows that are work to do, and may fail at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone

LONGEST_WAIT = timedelta(days=1)


class Retryable(models.Model):
    """Adds when to try again, so that one bad row can't be tried every minute for ever."""

    retry_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


def wait_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most a day."""
    return min(timedelta(minutes=2 ** min(attempts, 11)), LONGEST_WAIT)


@contextmanager
def postpone_on_failure(model: type[Retryable], pk: int, *, now: datetime) -> Iterator[None]:
    """Note a failure on the row, say when to try again, and let the failure pass on to be logged."""
    try:
        yield
    except Exception as error:
        rows = model._default_manager.filter(pk=pk)
        attempts = rows.values_list("attempts", flat=True).first() or 0
        rows.update(
            attempts=F("attempts") + 1, retry_at=now + wait_after(attempts), last_error=repr(error)[:2000]
        )
        raise

"""Work that was begun and lost, found again. Every half hour; safe to call at any moment."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.delivery.owing import finish_run
from matching.models import Delivery, DigestRun

# By then whoever began it is no longer at it.
ABANDONED_AFTER = timedelta(hours=1)
LOOKED_BACK = timedelta(days=7)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    runs: int  # that were begun and never finished
    deliveries: int  # handed over, the answer unknown, that would have waited for long


def recover_lost_work(*, now: datetime) -> Recovered:
    """Finish deciding runs that were left half-way, and try again at once what was left in doubt."""
    abandoned = DigestRun.objects.filter(
        decided_at=None, started_at__lte=now - ABANDONED_AFTER, started_at__gte=now - LOOKED_BACK
    )
    runs = list(abandoned.filter(hour=None).order_by("period"))
    for run in runs:
        finish_run(run, now=now)
    doubtful = Delivery.objects.in_doubt().filter(handed_at__lte=now - ABANDONED_AFTER, retry_at__gt=now)
    found = Recovered(runs=len(runs), deliveries=doubtful.update(retry_at=now))
    if found.runs or found.deliveries:
        logger.warning("lost work recovered", extra={"runs": found.runs, "deliveries": found.deliveries})
    return found

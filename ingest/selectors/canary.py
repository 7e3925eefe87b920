from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Min

from ingest.models import RawDocument, Source
from ingest.watching.alarms import Alarm
from ingest.watching.canary import Canary, judge_canaries

CANARY = "canary"


@dataclass(frozen=True, slots=True)
class CanaryHealth:
    """Whether made-up notices come through, as it is at this moment."""

    alarm: Alarm | None
    last_through_at: datetime | None  # when the last one came out at the other end
    took: timedelta | None


def canary_health(*, at: datetime) -> CanaryHealth | None:
    """How the canary is; None where nobody has let one fly yet. Asked of the rows, so it needs no worker."""
    source = Source.objects.filter(kind=CANARY, is_enabled=True).first()
    if source is None:
        return None
    canaries = latest_canaries()
    through = next((canary for canary in canaries if canary.matched_at), None)
    return CanaryHealth(
        alarm=judge_canaries(canaries, due_at=source.next_poll_at or at, now=at),
        last_through_at=through.matched_at if through else None,
        took=through.took if through else None,
    )


def latest_canaries() -> list[Canary]:
    """The canaries of about two days, the latest first. One query."""
    rows: Iterable[Any] = (
        RawDocument.objects.filter(source__kind=CANARY)
        .annotate(
            recorded_at=Min("extractions__notice__recorded_at"),
            # By the names of the relations: who matches is none of ingest's business, only that it was done.
            matched_at=Max("extractions__notice__revisions__scored__scored_at"),
        )
        .order_by("-fetched_at", "-pk")
        .values_list("fetched_at", "parsed_at", "recorded_at", "matched_at")
    )
    return [Canary(*row) for row in rows]

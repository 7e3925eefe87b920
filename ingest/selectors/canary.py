from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Q

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
    # By mail: never, where it isn't mailed or hasn't been yet
    is_mailed: bool = False
    last_mailed_at: datetime | None = None
    last_arrived_at: datetime | None = None  # None as well where its mailbox isn't one that we read


def canary_health(*, at: datetime) -> CanaryHealth | None:
    """How the canary is; None where nobody has let one fly yet. Asked of the rows, so it needs no worker."""
    source = Source.objects.filter(kind=CANARY, is_enabled=True).first()
    if source is None:
        return None
    canaries = latest_canaries()
    through = next((canary for canary in canaries if canary.matched_at), None)
    return CanaryHealth(
        alarm=judge_canaries(
            canaries, due_at=source.next_poll_at or at, now=at, mailed_since=source.mailed_since
        ),
        last_through_at=through.matched_at if through else None,
        took=through.took if through else None,
        is_mailed=source.mailed_since is not None,
        last_mailed_at=max((each.mailed_at for each in canaries if each.mailed_at), default=None),
        last_arrived_at=max((each.arrived_at for each in canaries if each.arrived_at), default=None),
    )


def latest_canaries() -> list[Canary]:
    """The canaries of about two days, the latest first. One query."""
    delivery = "extractions__notice__revisions__delivered__delivery"
    # What arrived elsewhere says nothing about where it is to arrive now.
    here = Q(**{f"{delivery}__address": settings.CANARY_ADDRESS}) if settings.BOUNCE_MAILBOX else Q(pk=None)
    rows: Iterable[Any] = (
        RawDocument.objects.filter(source__kind=CANARY)
        .annotate(
            recorded_at=Min("extractions__notice__recorded_at"),
            # By the names of the relations: who matches is none of ingest's business, only that it was done.
            matched_at=Max("extractions__notice__revisions__scored__scored_at"),
            mailed_at=Max(f"{delivery}__sent_at"),
            arrived_at=Max(f"{delivery}__arrived_at", filter=here),
        )
        .order_by("-fetched_at", "-pk")
        .values_list("fetched_at", "parsed_at", "recorded_at", "matched_at", "mailed_at", "arrived_at")
    )
    return [Canary(*row) for row in rows]

"""How the digests of the last days went, and what the office holds: for the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from matching.models import DeliveredOpportunity, DeliveredProject, Delivery, DigestRun, MailHold

LOOKED_BACK = timedelta(days=7)
TENDERED = "tendered"

_NONE = (0, 0, 0, 0, 0)
_NEVER_TRIED = Q(sent_at=None, last_error="")


@dataclass(frozen=True, slots=True)
class DayOfDigests:
    """All runs of one day, each reader's own. Each mail counts in one of the numbers."""

    day: date
    decided_at: datetime | None  # the last run of it
    mails: int
    sent: int
    waiting: int  # where the day is held: until it is let go
    failed: int  # refused or unanswered, whether it is tried again or was given up
    dropped: int  # nothing was left to say, or nobody to say it to
    lines: tuple[tuple[str, int], ...]  # by section, in what is sent or waits; TENDERED for projects
    is_held: bool


def days_of_digests(*, at: datetime) -> list[DayOfDigests]:
    """The latest first. Five queries."""
    runs = DigestRun.objects.filter(period__gte=(at - LOOKED_BACK).date())
    decided = dict(runs.order_by().values_list("period").annotate(Max("decided_at")))
    counted = (
        Delivery.objects.filter(run__in=runs)
        .order_by()
        .values_list("run__period")
        .annotate(
            Count("pk"),
            sent=Count("pk", filter=Q(sent_at__isnull=False)),
            waiting=Count("pk", filter=_NEVER_TRIED & Q(dropped_because="")),
            failed=Count("pk", filter=Q(sent_at=None) & ~Q(last_error="")),
            dropped=Count("pk", filter=_NEVER_TRIED & ~Q(dropped_because="")),
        )
    )
    mails: dict[date, list[int]] = {day: numbers for day, *numbers in counted}
    lines = _lines(runs)
    held = set(MailHold.objects.held_days())
    return [
        _day(day, decided[day], mails.get(day, _NONE), lines[day], is_held=day in held)
        for day in sorted(decided, reverse=True)
    ]


def _day(
    day: date, decided_at: datetime | None, counts: Sequence[int], lines: dict[str, int], *, is_held: bool
) -> DayOfDigests:
    mails, sent, waiting, failed, dropped = counts
    return DayOfDigests(
        day=day,
        decided_at=decided_at,
        mails=mails,
        sent=sent,
        waiting=waiting,
        failed=failed,
        dropped=dropped,
        lines=tuple(lines.items()),
        is_held=is_held,
    )


def _lines(runs: QuerySet[DigestRun]) -> dict[date, dict[str, int]]:
    found: dict[date, dict[str, int]] = defaultdict(dict)
    tendered = DeliveredProject.objects.filter(delivery__run__in=runs).order_by()
    for day, count in tendered.values_list("delivery__run__period").annotate(Count("pk")):
        found[day][TENDERED] = count
    told = DeliveredOpportunity.objects.filter(delivery__run__in=runs).order_by()
    by_section = told.values_list("delivery__run__period", "section").annotate(Count("pk"))
    for day, section, count in sorted(by_section, key=lambda row: _ORDER.index(row[1])):
        found[day][section] = count
    return found


_ORDER = list(DeliveredOpportunity.Section)


def standing_holds() -> QuerySet[MailHold]:
    """With who, and what."""
    return MailHold.objects.standing().select_related("by", "opportunity").defer("opportunity__search_vector")


def count_holds() -> int:
    return MailHold.objects.standing().count()

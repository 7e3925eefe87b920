"""How much mail to expect, from what there would have been to tell lately."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from matching.delivery.sections import CALLED_OFF, changes_that_matter, closing_within
from matching.delivery.timetable import STANDARD, Habits, told_on
from matching.models import CapabilityProfile, Match, Verdict
from opportunities.selectors import changes_since, visible_opportunities
from opportunities.serialization import changes_from_json

LOOKS_BACK = timedelta(days=90)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class News:
    """That there was something to tell of an opportunity."""

    at: datetime
    opportunity_id: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would have been sent in so many days."""

    days: int
    mails: int
    opportunities: int  # each as often as it would have stood in a mail

    @property
    def mails_a_week(self) -> float:
        return 7 * self.mails / self.days

    @property
    def opportunities_a_week(self) -> float:
        return 7 * self.opportunities / self.days

    @property
    def is_weekly_or_more(self) -> bool:
        return self.mails_a_week >= 0.75


def forecast(
    news: Iterable[News],
    *,
    weekday: int | None,
    since: datetime,
    until: datetime,
    habits: Habits = STANDARD,
) -> Forecast:
    """What these news would have come to, told daily or, from ``weekday`` on, weekly, to whom that suits."""
    told = {
        (told_on(each.at, weekday, habits), each.opportunity_id) for each in news if since <= each.at <= until
    }
    days = max(_WEEK, until - since) // timedelta(days=1)
    return Forecast(days=days, mails=len({day for day, _ in told}), opportunities=len(told))


def expected_mail(
    profile: CapabilityProfile,
    *,
    least: int,
    weekday: int | None,
    now: datetime,
    habits: Habits = STANDARD,
) -> Forecast:
    """From the last ninety days' rows, or as many as there are, under these settings. Two queries."""
    visible = visible_opportunities(to=profile.company, at=now)
    first = Subquery(visible.order_by("recorded_at").values("recorded_at")[:1])
    dismissed = Verdict.objects.dismissals().filter(profile=profile, opportunity=OuterRef("opportunity"))
    fitting = Match.objects.filter(~Exists(dismissed), profile=profile, score__gte=least)
    found = list(
        visible.filter(pk__in=fitting.values("opportunity"))
        .annotate(first=first)
        .values_list("pk", "recorded_at", "disclosed_from", "submission_deadline", "stage", "first")
    )
    since = max(now - LOOKS_BACK, min([now - _WEEK, *(row[-1] for row in found[:1])]))
    news: list[News] = []
    known: dict[int, datetime] = {}
    for pk, recorded_at, disclosed_from, deadline, stage, _first in found:
        known[pk] = max(recorded_at, disclosed_from or recorded_at)
        news += _told_of(pk, known[pk], None if stage in CALLED_OFF else deadline, closing_within(weekday))
    revisions = changes_since(since).filter(opportunity__in=known)
    for pk, recorded_at, changes in revisions.values_list("opportunity_id", "recorded_at", "changes"):
        if recorded_at > known[pk] and changes_that_matter([changes_from_json(changes)]):
            news.append(News(recorded_at, pk))
    return forecast(news, weekday=weekday, since=since, until=now, habits=habits)


def _told_of(pk: int, known_at: datetime, deadline: datetime | None, soon: timedelta) -> Iterator[News]:
    """Its first mention, and that it closes."""
    if deadline is None or known_at < deadline:
        yield News(known_at, pk)
    if deadline is not None and known_at < deadline - soon:
        yield News(deadline - soon, pk)

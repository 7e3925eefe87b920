"""What a profile's matches look like as charts, in the language that is active."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from matching.selectors.overview import OpenMatch
from opportunities.calendar.records import EventKind
from opportunities.templatetags.calendar_words import event_name
from portal.ui.charts.records import BarChart, ColumnChart, NamedCount, Series
from portal.ui.charts.weeks import monday_of, week_period, weeks_from

WEEKS = 13  # a quarter, the current one among them
MOST_DOMAINS = 10
_WEEK = timedelta(days=7)


def first_week(now: datetime) -> date:
    """The Monday with which the chart of what is new begins."""
    return monday_of(now) - (WEEKS - 1) * _WEEK


def new_by_week(known: Iterable[datetime], *, now: datetime) -> ColumnChart:
    weeks = weeks_from(first_week(now), WEEKS)
    return ColumnChart(
        key="new",
        title=_("New matches by week"),
        period_title=_("Week"),
        periods=tuple(week_period(monday) for monday in weeks),
        series=(Series(_("New matches"), _counted(known, weeks)),),
        now=WEEKS - 1,
    )


def dates_by_week(matches: Iterable[OpenMatch], *, now: datetime) -> ColumnChart:
    """Of the dates ahead in the current week and the twelve after it."""
    weeks = weeks_from(monday_of(now), WEEKS)
    counted = list(matches)

    def series(kind: EventKind, date_of: Callable[[OpenMatch], datetime | None]) -> Series:
        dates = (date_of(match) for match in counted)
        return Series(event_name(kind), _counted((at for at in dates if at and at > now), weeks))

    return ColumnChart(
        key="ahead",
        title=_("Dates ahead by week"),
        period_title=_("Week"),
        periods=tuple(week_period(monday) for monday in weeks),
        series=(
            series(EventKind.CLOSING, lambda match: match.submission_deadline),
            series(EventKind.QUESTIONS, lambda match: match.enquiry_deadline),
            series(EventKind.PREBID, lambda match: match.prebid_at),
        ),
    )


def matches_by_domain(
    matches: Iterable[OpenMatch], *, profile_id: int, name_of: Callable[[str], str]
) -> BarChart:
    """The commonest fields first; an opportunity counts in each of its fields."""
    counts = Counter(domain for match in matches for domain in match.domains)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_DOMAINS]
    return BarChart(
        key="domains",
        title=_("Open matches by field"),
        name_title=_("Field"),
        count_title=_("Open matches"),
        lines=tuple(
            NamedCount(name_of(domain), count, _list_of(profile_id, domain)) for domain, count in ranked
        ),
    )


def _list_of(profile_id: int, domain: str) -> str:
    return f"{reverse('matching:matches')}?{urlencode([('profile', str(profile_id)), ('domain', domain)])}"


def _counted(moments: Iterable[datetime], weeks: tuple[date, ...]) -> tuple[int, ...]:
    counts = Counter(monday_of(moment) for moment in moments)
    return tuple(counts[monday] for monday in weeks)

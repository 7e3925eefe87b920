"""A month as weeks of days, each with its events. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from opportunities.calendar.records import CalendarEvent

_DAY = timedelta(days=1)
EARLIEST, LATEST = date(2015, 1, 1), date(2099, 12, 1)


@dataclass(frozen=True, slots=True)
class ShownEvent:
    event: CalendarEvent
    is_followed: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    is_in_month: bool
    is_today: bool
    events: tuple[ShownEvent, ...]


@dataclass(frozen=True, slots=True)
class Week:
    number: int  # as ISO 8601 counts
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Whole weeks from Monday on, so that the days around the month are shown as well."""

    first: date
    weeks: tuple[Week, ...]

    @property
    def before(self) -> date:
        return first_of_month(self.first - _DAY)

    @property
    def after(self) -> date:
        return first_of_month(self.first + 31 * _DAY)

    @property
    def agenda(self) -> tuple[Day, ...]:
        """The month's own days that have an event."""
        return tuple(day for week in self.weeks for day in week.days if day.is_in_month and day.events)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def month_named(text: str, *, today: date) -> date:
    """The first day of a month written "2026-12"; of today's where it isn't one that can be shown."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return first_of_month(today)
    return first if EARLIEST <= first <= LATEST else first_of_month(today)


def days_shown(first: date) -> tuple[date, date]:
    """The first and the last day of the weeks that a month is shown with."""
    last = first_of_month(first + 31 * _DAY) - _DAY
    return first - first.weekday() * _DAY, last + (6 - last.weekday()) * _DAY


def lay_out_month(first: date, events: Iterable[ShownEvent], *, today: date) -> Month:
    by_day: defaultdict[date, list[ShownEvent]] = defaultdict(list)
    for shown in events:
        by_day[shown.event.day].append(shown)
    start, end = days_shown(first)
    weeks = []
    while start <= end:
        days = tuple(
            Day(
                on=on,
                is_in_month=on.month == first.month,
                is_today=on == today,
                events=tuple(by_day.get(on, ())),
            )
            for on in (start + i * _DAY for i in range(7))
        )
        weeks.append(Week(start.isocalendar().week, days))
        start += 7 * _DAY
    return Month(first, tuple(weeks))

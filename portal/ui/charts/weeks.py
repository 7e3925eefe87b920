"""Weeks as the periods of a chart."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from portal.lib.clocks import STOCKHOLM
from portal.ui import formats
from portal.ui.charts.records import Period

WEEK = timedelta(days=7)


def monday_of(moment: datetime) -> date:
    """The Monday of a moment's week in Stockholm."""
    day = moment.astimezone(STOCKHOLM).date()
    return day - timedelta(days=day.weekday())


def weeks_from(monday: date, number: int) -> tuple[date, ...]:
    """So many Mondays, the given one first."""
    return tuple(monday + i * WEEK for i in range(number))


def week_period(monday: date) -> Period:
    """A week by its number, in the language that is active."""
    return Period(formats.short_week(monday), formats.week(monday))

"""Working days in Sweden and India, with the holidays of a state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import holidays

from matching.bidding.feasibility.records import Country

_SATURDAY = 5
_DAY = timedelta(days=1)
# Holidays by custom: offices are shut on the eve.
_WITH_EVE = frozenset({"Juldagen", "Midsommardagen"})


def days_back(last: date, working_days: int, country: Country, state: str = "") -> date:
    """The last day on which work can begin that takes so many working days and is done on ``last``.

    Both days count: what takes one day begins on the day it ends, if that is a working day.
    """
    day, left = last, working_days
    while True:
        left -= is_working_day(day, country, state)
        if left <= 0:
            return day
        day -= _DAY


def is_working_day(day: date, country: Country, state: str = "") -> bool:
    return day.weekday() < _SATURDAY and holiday_name(day, country, state) is None


def holiday_name(day: date, country: Country, state: str = "", *, language: str = "en") -> str | None:
    """What is celebrated, Indian holidays in English; None on other days, week-ends too."""
    return _holidays_of(country, state, day.year, language).get(day)


def holidays_between(first: date, last: date, country: Country, state: str = "") -> Iterator[date]:
    """The holidays that cost a working day, first and last day included."""
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        if day.weekday() < _SATURDAY and holiday_name(day, country, state) is not None:
            yield day


@lru_cache(maxsize=400)
def _holidays_of(country: Country, state: str, year: int, language: str) -> dict[date, str]:
    if country is Country.SWEDEN:
        return _swedish(year, language)
    known = holidays.country_holidays("IN").subdivisions
    return dict(
        holidays.country_holidays(
            "IN", subdiv=state if state in known else None, years=year, language="en_IN"
        )
    )


def _swedish(year: int, language: str) -> dict[date, str]:
    by_custom = dict(holidays.country_holidays("SE", years=year, language="sv", include_sundays=False))
    names = by_custom
    if language != "sv":
        names = dict(holidays.country_holidays("SE", years=year, language="en_US", include_sundays=False))
    eves = {
        day - _DAY: f"{names[day]} (eve)" if language != "sv" else names[day].replace("dagen", "afton")
        for day, name in by_custom.items()
        if name in _WITH_EVE
    }
    new_year = "Nyårsafton" if language == "sv" else "New Year's Eve"
    return names | eves | {date(year, 12, 31): new_year}

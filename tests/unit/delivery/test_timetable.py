from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from matching.delivery.timetable import Habits


@pytest.mark.parametrize(
    ("now", "period"),
    [
        # Winter: Stockholm is an hour ahead
        ("2026-11-20T05:59:59+00:00", None),
        ("2026-11-20T06:00:00+00:00", date(2026, 11, 20)),
        ("2026-11-20T20:59:00+00:00", date(2026, 11, 20)),
        # At night nobody is written to
        ("2026-11-20T21:00:00+00:00", None),
        ("2026-11-20T22:59:00+00:00", None),
        # Past midnight in Stockholm it is Saturday, and stays quiet until Monday
        ("2026-11-20T23:00:00+00:00", None),
        ("2026-11-21T12:00:00+00:00", None),
        ("2026-11-22T12:00:00+00:00", None),
        ("2026-11-23T06:00:00+00:00", date(2026, 11, 23)),
        # Summer: two hours
        ("2027-07-01T04:59:59+00:00", None),
        ("2027-07-01T05:00:00+00:00", date(2027, 7, 1)),
        # The Monday after the clocks go forward, on 28 March 2027
        ("2027-03-29T04:59:59+00:00", None),
        ("2027-03-29T05:00:00+00:00", date(2027, 3, 29)),
        # The Friday before they go back and the Monday after, on 31 October 2027
        ("2027-10-29T05:00:00+00:00", date(2027, 10, 29)),
        ("2027-11-01T05:59:59+00:00", None),
        ("2027-11-01T06:00:00+00:00", date(2027, 11, 1)),
        # Monday 25 October 2027 is still summer time
        ("2027-10-25T04:59:59+00:00", None),
        ("2027-10-25T05:00:00+00:00", date(2027, 10, 25)),
    ],
)
def test_it_is_due_on_working_days_from_seven_in_stockholm(now: str, period: date | None) -> None:
    assert Habits().digest_due(datetime.fromisoformat(now)) == period


@pytest.mark.parametrize("first", [date(2027, 3, 22), date(2027, 10, 18), date(2027, 10, 25)])
def test_asked_every_quarter_of_an_hour_a_fortnight_names_each_working_day(first: date) -> None:
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    asked = (start + timedelta(minutes=15) * n for n in range(14 * 24 * 4 - 8))

    periods = {period for now in asked if (period := Habits().digest_due(now))}

    fortnight = {first + timedelta(days=n) for n in range(14)}
    assert periods == {day for day in fortnight if day.weekday() < 5}

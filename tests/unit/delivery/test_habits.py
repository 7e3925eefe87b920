"""Whatever the clocks do: one period a day, never at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matching.delivery.timetable import Habits

QUARTER = timedelta(minutes=15)
# Clocks go forward and back, in either half of the world; ends of months; a leap day.
TURNS = [
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2027, 3, 14),
    date(2027, 4, 4),
    date(2028, 2, 29),
    date(2026, 12, 31),
]
ZONES = ["Europe/Stockholm", "Asia/Kolkata", "America/New_York", "Pacific/Auckland", "America/Sao_Paulo"]


@given(
    turn=st.sampled_from(TURNS),
    zone=st.sampled_from(ZONES),
    hour=st.integers(7, 21),
    weekends=st.booleans(),
)
def test_asked_every_quarter_each_day_is_named_and_only_while_its_reader_is_awake(
    *, turn: date, zone: str, hour: int, weekends: bool
) -> None:
    habits = Habits(zone, hour, weekends)
    start = datetime(turn.year, turn.month, turn.day, tzinfo=UTC) - timedelta(days=2)
    asked = [start + QUARTER * n for n in range(5 * 24 * 4)]

    named = {now: period for now in asked if (period := habits.digest_due(now))}

    assert all(hour <= habits.local(now).hour < 22 for now in named)
    whole_days = {turn + timedelta(days=days) for days in (-1, 0, 1)}
    assert {day for day in named.values() if day in whole_days} == {
        day for day in whole_days if weekends or day.weekday() < 5
    }

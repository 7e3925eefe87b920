from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.delivery.forecast import News, forecast
from matching.delivery.timetable import Habits, next_digest_on, period_began, told_on

MONDAY, FRIDAY = 0, 4
DAY = timedelta(days=1)
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
weekdays = st.none() | st.integers(0, 4)


@pytest.mark.parametrize(
    ("day", "weekday", "began"),
    [
        (date(2026, 11, 25), None, date(2026, 11, 25)),
        (date(2026, 11, 25), 0, date(2026, 11, 23)),
        (date(2026, 11, 25), 2, date(2026, 11, 25)),
        (date(2026, 11, 25), 3, date(2026, 11, 19)),
        (date(2027, 1, 1), 0, date(2026, 12, 28)),
        (date(2028, 3, 1), 4, date(2028, 2, 25)),
    ],
)
def test_a_week_begins_on_the_day_that_was_chosen(day: date, weekday: int | None, began: date) -> None:
    assert period_began(day, weekday) == began


@given(days, st.integers(0, 4))
def test_a_week_is_one_period(day: date, weekday: int) -> None:
    began = period_began(day, weekday)

    assert began.weekday() == weekday
    assert {period_began(began + i * DAY, weekday) for i in range(7)} == {began}


@given(days, weekdays, st.integers(0, 400))
def test_the_next_mail_comes_within_a_week_on_a_working_day(
    first: date, weekday: int | None, ago: int
) -> None:
    day = next_digest_on(weekday, decided_on=first - ago * DAY, first=first)

    assert day.weekday() <= FRIDAY
    assert first <= day <= first + 9 * DAY


@pytest.mark.parametrize(
    ("weekday", "decided_on", "first", "day"),
    [
        (None, date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)),
        (None, None, date(2026, 11, 23), date(2026, 11, 23)),
        (None, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 24)),
        (MONDAY, date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 30)),
        # Nobody was there on Monday: Tuesday makes up for it, and the next Monday is on time again.
        (MONDAY, date(2026, 11, 16), date(2026, 11, 24), date(2026, 11, 24)),
        (MONDAY, date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30)),
    ],
)
def test_a_page_can_tell_when_the_next_mail_comes(
    weekday: int | None, decided_on: date | None, first: date, day: date
) -> None:
    assert next_digest_on(weekday, decided_on=decided_on, first=first) == day


@pytest.mark.parametrize(
    ("moment", "weekday", "day"),
    [
        (datetime(2026, 11, 20, 5, 59, tzinfo=UTC), None, date(2026, 11, 20)),
        (datetime(2026, 11, 20, 6, 0, tzinfo=UTC), None, date(2026, 11, 23)),
        (datetime(2026, 11, 20, 6, 0, tzinfo=UTC), FRIDAY, date(2026, 11, 27)),
        # In summer Stockholm is an hour further ahead.
        (datetime(2026, 7, 3, 5, 0, tzinfo=UTC), None, date(2026, 7, 6)),
    ],
)
def test_news_wait_for_the_next_run(moment: datetime, weekday: int | None, day: date) -> None:
    assert told_on(moment, weekday) == day


IN_INDIA_AT_NINE = Habits("Asia/Kolkata", 9)


@pytest.mark.parametrize(
    ("moment", "weekday", "habits", "day"),
    [
        # 08:59 and 09:00 in Kolkata, of a Friday
        (datetime(2026, 11, 20, 3, 29, tzinfo=UTC), None, IN_INDIA_AT_NINE, date(2026, 11, 20)),
        (datetime(2026, 11, 20, 3, 30, tzinfo=UTC), None, IN_INDIA_AT_NINE, date(2026, 11, 23)),
        (datetime(2026, 11, 20, 3, 30, tzinfo=UTC), FRIDAY, IN_INDIA_AT_NINE, date(2026, 11, 27)),
        # Thursday evening in New York, Friday in Stockholm
        (datetime(2026, 11, 20, 2, 0, tzinfo=UTC), None, Habits("America/New_York", 7), date(2026, 11, 20)),
        (
            datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
            None,
            Habits("Europe/Stockholm", 7, wants_weekends=True),
            date(2026, 11, 21),
        ),
    ],
)
def test_news_wait_for_the_hour_that_suits_their_reader(
    moment: datetime, weekday: int | None, habits: Habits, day: date
) -> None:
    assert told_on(moment, weekday, habits) == day


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def news(*hours_ago: int) -> list[News]:
    return [News(NOON - timedelta(hours=hours), number) for number, hours in enumerate(hours_ago)]


def test_a_week_of_daily_news_is_a_mail_a_day_or_one_a_week() -> None:
    week = news(24 * 1, 24 * 2, 24 * 3, 24 * 4, 24 * 7, 24 * 8)
    since = NOON - timedelta(days=14)

    daily = forecast(week, weekday=None, since=since, until=NOON)
    weekly = forecast(week, weekday=MONDAY, since=since, until=NOON)

    assert (daily.mails, daily.opportunities, daily.mails_a_week) == (6, 6, 3)
    assert (weekly.mails, weekly.opportunities) == (2, 6)


def test_who_reads_at_weekends_as_well_gets_what_came_then_by_itself() -> None:
    friday_and_saturday = [News(NOON - timedelta(days=7 - day), day) for day in range(2)]
    since = NOON - timedelta(days=14)

    usual = forecast(friday_and_saturday, weekday=None, since=since, until=NOON)
    weekends = forecast(
        friday_and_saturday, weekday=None, since=since, until=NOON, habits=Habits(wants_weekends=True)
    )

    assert (usual.mails, weekends.mails) == (1, 2)


def test_what_is_told_twice_in_one_mail_counts_once() -> None:
    twice = [News(NOON - timedelta(days=2), 7), News(NOON - timedelta(days=1), 7)]

    assert forecast(twice, weekday=MONDAY, since=NOON - timedelta(days=90), until=NOON).opportunities == 1


def test_nothing_is_foreseen_from_nothing() -> None:
    empty = forecast([], weekday=None, since=NOON, until=NOON)

    assert (empty.days, empty.mails, empty.mails_a_week) == (7, 0, 0)


@given(st.lists(st.integers(0, 90 * 24), max_size=60), weekdays)
def test_weekly_is_never_more_mail_than_daily(hours: list[int], weekday: int | None) -> None:
    since = NOON - timedelta(days=90)
    daily = forecast(news(*hours), weekday=None, since=since, until=NOON)
    other = forecast(news(*hours), weekday=weekday, since=since, until=NOON)

    assert other.mails <= daily.mails
    assert other.opportunities <= daily.opportunities == len(hours)

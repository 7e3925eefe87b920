from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.calendar.records import CalendarEvent, EventKind
from opportunities.parsed_notice import Moment
from portal.dashboards.calendar_month import ShownEvent, days_shown, lay_out_month, month_named
from portal.dashboards.calendar_scope import FOLLOWED, scope_named

TODAY = date(2026, 11, 22)
firsts = st.dates(date(2015, 1, 1), date(2099, 12, 31)).map(lambda day: day.replace(day=1))


def event_at(at: datetime) -> ShownEvent:
    event = CalendarEvent(
        opportunity_id=7,
        kind=EventKind.CLOSING,
        moment=Moment(at),
        title="Sensors",
        buyer_name="",
        city="",
        place="",
        process_id="1",
        is_called_off=False,
        sequence=0,
        changed_at=at,
    )
    return ShownEvent(event, is_followed=False, is_over=False)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2027-02", date(2027, 2, 1)),
        ("", date(2026, 11, 1)),
        ("2027-13", date(2026, 11, 1)),
        ("2027-02-03", date(2026, 11, 1)),
        ("9999-12", date(2026, 11, 1)),
        ("0001-01", date(2026, 11, 1)),
        ("<b>", date(2026, 11, 1)),
    ],
)
def test_a_month_that_isnt_one_is_this_one(text: str, first: date) -> None:
    assert month_named(text, today=TODAY) == first


@given(firsts)
def test_a_month_is_whole_weeks_with_each_of_its_days_once(first: date) -> None:
    month = lay_out_month(first, [], today=TODAY)

    days = [day for week in month.weeks for day in week.days]
    assert all(len(week.days) == 7 and week.days[0].on.weekday() == 0 for week in month.weeks)
    assert {late.on - early.on for early, late in pairwise(days)} == {timedelta(days=1)}
    own = [day.on for day in days if day.is_in_month]
    assert own[0] == first
    assert (own[-1] + timedelta(days=1)).day == 1
    assert {day.month for day in own} == {first.month}
    assert (days[0].on, days[-1].on) == days_shown(first)


@given(firsts)
def test_one_month_back_and_forth_is_the_same(first: date) -> None:
    month = lay_out_month(first, [], today=TODAY)

    assert lay_out_month(month.after, [], today=TODAY).before == first
    assert lay_out_month(month.before, [], today=TODAY).after == first


def test_weeks_are_numbered_as_in_sweden() -> None:
    assert [week.number for week in lay_out_month(date(2027, 1, 1), [], today=TODAY).weeks] == [
        53,
        1,
        2,
        3,
        4,
    ]


def test_an_event_stands_on_its_day_in_india() -> None:
    late = event_at(datetime(2026, 11, 30, 18, 45, tzinfo=UTC))  # past midnight in India
    month = lay_out_month(date(2026, 11, 1), [late], today=TODAY)

    assert month.agenda == ()
    assert [day.on for week in month.weeks for day in week.days if day.events] == [date(2026, 12, 1)]


def test_today_is_marked_once() -> None:
    month = lay_out_month(date(2026, 11, 1), [], today=TODAY)

    assert [day.on for week in month.weeks for day in week.days if day.is_today] == [TODAY]


@pytest.mark.parametrize(
    ("name", "least"), [("80", 80), ("0", 0), ("followed", None), ("61", 60), (None, 60), ("", 60)]
)
def test_a_calendar_holds_what_its_name_says(name: str | None, least: int | None) -> None:
    assert scope_named(name).least == least


def test_what_is_followed_is_the_narrowest() -> None:
    assert scope_named("followed") == FOLLOWED

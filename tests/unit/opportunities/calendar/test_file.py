"""What is written, read back by the library that calendar programs' makers use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from opportunities.calendar.file import WordedEvent, calendar_file
from opportunities.calendar.records import CalendarEvent, EventKind
from opportunities.parsed_notice import Moment

CLOSING = CalendarEvent(
    opportunity_id=7,
    kind=EventKind.CLOSING,
    moment=Moment(datetime(2026, 12, 4, 9, 30, tzinfo=UTC)),
    title="Sensors",
    buyer_name="Pune Smart City",
    city="Pune",
    place="",
    process_id="2026_PSC_1",
    is_called_off=False,
    sequence=3,
    changed_at=datetime(2026, 11, 5, 4, 0, tzinfo=UTC),
)
DAY_ALONE = Moment(datetime(2026, 12, 1, 18, 29, 59, tzinfo=UTC), has_time=False)
QUESTIONS = replace(CLOSING, kind=EventKind.QUESTIONS, moment=DAY_ALONE)


def worded(
    event: CalendarEvent, summary: str = "Bids close: Sensors", text: str = "Pune\nIST"
) -> WordedEvent:
    return WordedEvent(event, summary, text, "Pune", f"https://setu.example.org/{event.opportunity_id}/")


def written(*entries: WordedEvent, name: str = "Setu") -> bytes:
    return calendar_file(entries, name=name, host="setu.example.org")


def events_in(body: bytes) -> list[Component]:
    calendar = Calendar.from_ical(body)
    assert calendar.errors == []
    return list(calendar.walk("VEVENT"))


def alarms_of(event: Component) -> list[timedelta]:
    return [alarm.decoded("trigger") for alarm in event.walk("VALARM")]


def test_a_deadline_stands_in_indian_time_with_its_zone() -> None:
    body = written(worded(CLOSING))

    (event,) = events_in(body)
    begin = event.decoded("dtstart")
    assert begin == CLOSING.moment.at
    assert b"DTSTART;TZID=Asia/Kolkata:20261204T150000\r\n" in body
    (zone,) = Calendar.from_ical(body).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Kolkata"
    assert begin.utcoffset() == begin.astimezone(ZoneInfo("Asia/Kolkata")).utcoffset()


def test_a_day_without_a_time_is_a_whole_day() -> None:
    body = written(worded(QUESTIONS))

    (event,) = events_in(body)
    assert event.decoded("dtstart") == date(2026, 12, 1)
    assert b"DTSTART;VALUE=DATE:20261201\r\n" in body


def test_an_event_is_told_by_its_opportunity_and_kind_and_counts_its_changes() -> None:
    (event,) = events_in(written(worded(CLOSING)))

    assert event["UID"] == "opportunity-7-submission_deadline@setu.example.org"
    assert event["SEQUENCE"] == 3
    assert event.decoded("dtstamp") == event.decoded("last-modified") == CLOSING.changed_at
    assert event["STATUS"] == "CONFIRMED"


def test_what_is_called_off_stays_and_rings_no_more() -> None:
    (event,) = events_in(written(worded(replace(CLOSING, is_called_off=True))))

    assert event["STATUS"] == "CANCELLED"
    assert alarms_of(event) == []


@pytest.mark.parametrize(
    ("event", "alarms"),
    [
        (CLOSING, [timedelta(days=-7), timedelta(days=-2)]),
        (replace(CLOSING, kind=EventKind.QUESTIONS), [timedelta(days=-1)]),
        (replace(CLOSING, kind=EventKind.OPENING), []),
        (replace(CLOSING, kind=EventKind.PREBID), []),
        # Of a whole day: at nine in the morning of the day before.
        (QUESTIONS, [timedelta(hours=-15)]),
    ],
)
def test_it_rings_in_time_to_act(event: CalendarEvent, alarms: list[timedelta]) -> None:
    (found,) = events_in(written(worded(event)))

    assert alarms_of(found) == alarms


def test_the_same_events_are_the_same_bytes_in_any_order() -> None:
    entries = [worded(CLOSING), worded(QUESTIONS), worded(replace(CLOSING, opportunity_id=8))]

    assert written(*entries) == written(*reversed(entries))


def test_programs_are_told_when_to_ask_again() -> None:
    body = written(worded(CLOSING), name="Setu: Vallar, AB")

    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in body
    assert b"X-WR-CALNAME:Setu: Vallar\\, AB\r\n" in body
    assert b"METHOD:PUBLISH\r\n" in body


@pytest.mark.parametrize(
    "hostile",
    [
        "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:B",
        'semi;colon, comma \\ backslash "quotes" : colon',
        "å" * 300,
        "🚰" * 100,
        "\x00\x07bell\x1b[31m",
        "lone \ud800 surrogate",
    ],
)
def test_hostile_titles_are_text(hostile: str) -> None:
    body = written(worded(CLOSING, hostile, f"{hostile}\n{hostile}"))

    (event,) = events_in(body)
    assert (
        str(event["SUMMARY"]).split()
        == "".join(" " if letter < " " or letter == "\ud800" else letter for letter in hostile).split()
    )
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


@given(st.text(max_size=800), st.text(max_size=800))
def test_no_text_breaks_a_calendar(summary: str, text: str) -> None:
    body = written(worded(CLOSING, summary, text), worded(QUESTIONS, text, summary))

    found = events_in(body)
    assert [str(event["UID"]).split("-")[1] for event in found] == ["7", "7"]
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\x00" not in body


def test_a_calendar_may_be_empty() -> None:
    assert events_in(written()) == []

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.dates import read_moment, read_published
from ingest.reading.words import NotUnderstood
from opportunities.parsed_notice import Moment
from portal.lib.clocks import INDIA


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("05-Oct-2026 06:00 PM", "2026-10-05T18:00:00+05:30"),
        ("05-Oct-2026 06:00 PM ", "2026-10-05T18:00:00+05:30"),
        ("05-Oct-2026 12:00 AM", "2026-10-05T00:00:00+05:30"),
        ("05-Oct-2026 12:30 PM", "2026-10-05T12:30:00+05:30"),
        ("05-Oct-2026 15:00 PM", "2026-10-05T15:00:00+05:30"),
        ("5-OCT-2026\xa09:05 am IST", "2026-10-05T09:05:00+05:30"),
        ("31/12/2026 upto 15.00 hrs", "2026-12-31T15:00:00+05:30"),
        ("31.12.2026, 1500 hrs.", "2026-12-31T15:00:00+05:30"),
        ("31-12-2026 up to 3.00 p.m.", "2026-12-31T15:00:00+05:30"),
        ("31/12/2026 till 5 pm", "2026-12-31T17:00:00+05:30"),
        ("Monday, 5th October, 2026 at 3 PM", "2026-10-05T15:00:00+05:30"),
        ("5 October 2026 (15:00)", "2026-10-05T15:00:00+05:30"),
        ("October 5, 2026 10:15", "2026-10-05T10:15:00+05:30"),
        ("2026-10-05 18:00", "2026-10-05T18:00:00+05:30"),
        ("2026-10-05T18:00:30", "2026-10-05T18:00:30+05:30"),
        ("2026-10-05T12:30:00Z", "2026-10-05T18:00:00+05:30"),
        ("2026-10-05T12:30:00+02:00", "2026-10-05T16:00:00+05:30"),
        ("2026-10-05T12:30:00.123+0530", "2026-10-05T12:30:00+05:30"),
    ],
)
def test_times_are_indian_unless_they_say_otherwise(words: str, expected: str) -> None:
    moment = read_moment(words)
    assert moment is not None
    assert moment.has_time
    assert moment.at.isoformat() == expected


@pytest.mark.parametrize(
    "words",
    [
        "01-Mar-2016",
        "01/03/2016",
        "1.3.2016",
        "01-03-2016",
        "2016-03-01",
        "1st March 2016",
        "March 1, 2016",
        "1 Mar, 2016.",
    ],
)
def test_a_day_without_a_time_lasts_until_its_end_and_says_so(words: str) -> None:
    assert read_moment(words) == Moment(datetime(2016, 3, 1, 23, 59, 59, tzinfo=INDIA), has_time=False)


def test_a_publication_day_counts_from_its_beginning() -> None:
    assert read_published("20-Nov-2026") == datetime(2026, 11, 20, tzinfo=INDIA)
    assert read_published("20-Nov-2026 04:00 PM") == datetime(2026, 11, 20, 16, tzinfo=INDIA)


@pytest.mark.parametrize("words", ["", "NA", "NA ", "-", "Nil", "\xa0"])
def test_nothing_stated_is_none(words: str) -> None:
    assert read_moment(words) is None
    assert read_published(words) is None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("31-Feb-2026", "no such day"),
        ("12/31/2026", "no such day"),
        ("05-Okt-2026", "isn't a month"),
        ("05-Oct-2026 25:00", "no such time"),
        ("05-Oct-2026 24:00", "no such time"),
        ("05-Oct-2026 13:00 AM", "no such time"),
        ("05-Oct-2026 7", "isn't a time"),
        ("05-Oct-2026 and 06-Oct-2026", "isn't a time"),
        ("05-Oct-2026 to be confirmed", "isn't a time"),
        ("2026-10-05T10:00+19:00", "time zone"),
        ("05-Oct-0026", "can't be meant"),
        ("within 21 days", "isn't a date"),
        ("05-Oct-26", "isn't a date"),
        ("x" * 100, "too long"),
    ],
)
def test_what_cannot_be_read_says_why(words: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        read_moment(words)


@given(st.builds(datetime.combine, st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.times()))
def test_every_way_to_write_a_time_is_read_back(at: datetime) -> None:
    to_the_second = at.replace(microsecond=0, tzinfo=INDIA)
    to_the_minute = to_the_second.replace(second=0)
    for pattern in ("%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S"):
        assert read_moment(at.strftime(pattern)) == Moment(to_the_second)
    for pattern in (
        "%d-%b-%Y %I:%M %p",
        "%d.%m.%Y upto %H.%M hrs",
        "%d %B %Y at %H:%M",
        "%d/%m/%Y, %H%M hours",
    ):
        assert read_moment(at.strftime(pattern)) == Moment(to_the_minute)


@given(st.text(max_size=120))
def test_any_words_are_a_moment_or_nothing_or_not_understood(words: str) -> None:
    try:
        moment = read_moment(words)
    except NotUnderstood:
        return
    assert moment is None or moment.at.tzinfo is INDIA

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from portal.lib.money import Money
from portal.ui import formats
from portal.ui.reference_rates import in_kronor, reference_rates


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("amount", "currency", "english", "swedish"),
    [
        ("845000000", "INR", "₹ 84.5 crore", "₹ 84,5 crore"),
        ("2100000000", "INR", "₹ 210 crore", "₹ 210 crore"),
        ("17000000000", "INR", "₹ 1,700 crore", "₹ 1 700 crore"),
        ("10000000", "INR", "₹ 1 crore", "₹ 1 crore"),
        ("9999999", "INR", "₹ 100 lakh", "₹ 100 lakh"),
        ("8450000", "INR", "₹ 84.5 lakh", "₹ 84,5 lakh"),
        ("100000", "INR", "₹ 1 lakh", "₹ 1 lakh"),
        ("23600", "INR", "₹ 23,600", "₹ 23 600"),
        ("0", "INR", "₹ 0", "₹ 0"),
        ("1250000.5", "USD", "US$ 1,250,000.5", "US$ 1 250 000,5"),
        ("900", "JPY", "JPY 900", "JPY 900"),
    ],
)
def test_an_amount_is_written_as_people_say_it(
    amount: str, currency: str, english: str, swedish: str
) -> None:
    money = Money(Decimal(amount), currency)

    with translation.override("en"):
        assert plain(formats.money(money)) == english
    with translation.override("sv"):
        assert plain(formats.money(money)) == swedish


@pytest.mark.parametrize(
    ("amount", "english", "swedish"),
    [
        ("92950000", "SEK 93 M", "93 mkr"),
        ("2310000000", "SEK 2.31 bn", "2,31 mdkr"),
        ("929500", "SEK 930,000", "930 000 kr"),
        ("2596", "SEK 2,600", "2 600 kr"),
        ("7.4", "SEK 7", "7 kr"),
        ("0", "SEK 0", "0 kr"),
    ],
)
def test_kronor_are_given_roughly(amount: str, english: str, swedish: str) -> None:
    with translation.override("en"):
        assert plain(formats.kronor(Decimal(amount))) == english
    with translation.override("sv"):
        assert plain(formats.kronor(Decimal(amount))) == swedish


def test_rates_have_a_day_and_a_source() -> None:
    rates = reference_rates()

    assert {"INR", "USD", "EUR"} <= rates.keys()
    assert all(rate.on <= date(2026, 12, 31) and rate.source for rate in rates.values())


def test_what_has_no_rate_is_not_converted() -> None:
    assert in_kronor(Money(Decimal(1), "XXX")) is None
    assert in_kronor(Money(Decimal(1), "SEK")) is None


@pytest.mark.parametrize(
    ("at", "india", "stockholm"),
    [
        (datetime(2026, 11, 30, 9, 30, tzinfo=UTC), "30 Nov 2026 15:00 IST", "10:30 Stockholm"),
        (datetime(2026, 7, 1, 9, 30, tzinfo=UTC), "1 Jul 2026 15:00 IST", "11:30 Stockholm"),
        (datetime(2026, 11, 29, 20, 0, tzinfo=UTC), "30 Nov 2026 01:30 IST", "29 Nov 21:00 Stockholm"),
    ],
    ids=["winter", "summer", "the day before in Stockholm"],
)
def test_a_moment_is_told_by_both_clocks(at: datetime, india: str, stockholm: str) -> None:
    with translation.override("en"):
        assert plain(formats.india_clock(at)) == india
        assert plain(formats.stockholm_clock(at)) == stockholm


@pytest.mark.parametrize(
    ("hours", "days"),
    [(1, 0), (8, 1), (24 * 9, 9), (-20, -1)],
    ids=["today in India", "tomorrow in India", "nine days", "yesterday"],
)
def test_days_are_counted_by_the_calendar_in_india(hours: int, days: int) -> None:
    # 17:00 in India
    now = datetime(2026, 11, 20, 11, 30, tzinfo=UTC)

    assert formats.days_until(now + timedelta(hours=hours), now) == days


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2027, 1, 1), date(2027, 3, 31), "Q1 2027"),
        (date(2027, 4, 1), date(2027, 4, 30), "Q2 2027"),
        (date(2026, 10, 1), date(2027, 3, 31), "Oct 2026 – Mar 2027"),
    ],
)
def test_a_period_is_a_quarter_where_it_is_one(first: date, last: date, said: str) -> None:
    with translation.override("en"):
        assert plain(formats.quarter(first, last)) == said


@pytest.mark.parametrize(
    ("passed", "english", "swedish"),
    [
        (timedelta(seconds=42), "42 seconds", "42 sekunder"),
        (timedelta(minutes=10), "10 minutes", "10 minuter"),
        (timedelta(seconds=18361), "5 hours", "5 timmar"),
        (timedelta(days=3), "3 days", "3 dygn"),
    ],
)
def test_how_long_something_took_is_said_in_one_unit(passed: timedelta, english: str, swedish: str) -> None:
    with translation.override("en"):
        assert formats.how_long(passed) == english
    with translation.override("sv"):
        assert formats.how_long(passed) == swedish

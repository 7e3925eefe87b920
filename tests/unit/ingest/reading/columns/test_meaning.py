"""A cell's words with what its column adds to them."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.reading.columns.plan import DateOrder, Unit
from ingest.reading.columns.readers import read_cell
from ingest.reading.words import NotUnderstood


@pytest.mark.parametrize(
    ("words", "unit", "currency", "amount"),
    [
        ("12.5", Unit.LAKH, "", "INR 1250000"),
        ("12.5", Unit.CRORE, "", "INR 125000000"),
        ("Rs. 12.5", Unit.CRORE, "", "INR 125000000"),
        ("1,250", Unit.THOUSAND, "", "INR 1250000"),
        ("12.5 Cr", Unit.LAKH, "", "INR 125000000"),
        ("12.5/-", Unit.LAKH, "", "INR 1250000"),
        ("3", Unit.MILLION, "USD", "USD 3000000"),
        ("1,23,45,678/-", Unit.ONE, "", "INR 12345678"),
    ],
)
def test_a_cells_own_unit_goes_before_its_columns(words: str, unit: Unit, currency: str, amount: str) -> None:
    assert str(read_cell("value", words, unit=unit, currency=currency)) == amount


@pytest.mark.parametrize(
    ("words", "dates", "at"),
    [
        ("12/31/2026", DateOrder.MONTH_FIRST, "2026-12-31T23:59:59+05:30"),
        ("02/03/26 15:00", DateOrder.DAY_FIRST, "2026-03-02T15:00:00+05:30"),
        ("05-Oct-26", DateOrder.DAY_FIRST, "2026-10-05T23:59:59+05:30"),
        ("46387", DateOrder.SERIAL, "2026-12-31T23:59:59+05:30"),
        ("46387.625", DateOrder.SERIAL, "2026-12-31T15:00:00+05:30"),
        ("31-Dec-2026 03:00 PM", DateOrder.MONTH_FIRST, "2026-12-31T15:00:00+05:30"),
    ],
)
def test_dates_are_read_in_their_columns_order(words: str, dates: DateOrder, at: str) -> None:
    moment: Any = read_cell("submission_deadline", words, dates=dates)

    assert moment.at.isoformat() == at


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("submission_deadline", "46387"),
        ("value", "about four crore"),
        ("url", "see the portal"),
        ("stage", "being thought about"),
    ],
)
def test_what_cannot_be_read_says_so(field: str, words: str) -> None:
    with pytest.raises(NotUnderstood):
        read_cell(field, words)

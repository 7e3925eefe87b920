from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from matching.delivery.sections import FIELDS_THAT_MATTER
from matching.delivery.wording import FIELDS, STAGES, moment_words, money_words
from opportunities.parsed_notice import Moment, Stage
from portal.lib.money import Money


@pytest.mark.parametrize(
    ("amount", "currency", "in_english", "in_swedish"),
    [
        ("845000000", "INR", "₹84.5 crore", "₹84,5 crore"),
        ("10000000", "INR", "₹1 crore", "₹1 crore"),
        ("123456789012", "INR", "₹12,345.68 crore", "₹12\xa0345,68 crore"),
        ("4679463", "INR", "₹0.47 crore", "₹0,47 crore"),
        ("25000", "INR", "₹25,000", "₹25\xa0000"),
        ("1200000.50", "USD", "USD 1,200,000.5", "USD 1\xa0200\xa0000,5"),
    ],
)
def test_money_is_in_crore(amount: str, currency: str, in_english: str, in_swedish: str) -> None:
    money = Money(Decimal(amount), currency)

    with translation.override("en"):
        assert money_words(money) == in_english
    with translation.override("sv"):
        assert money_words(money) == in_swedish


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            Moment(datetime.fromisoformat("2026-12-08T15:00+05:30")),
            "Tue 8 Dec 2026, 10:30 Swedish time (15:00 IST)",
        ),
        (
            Moment(datetime.fromisoformat("2027-07-08T15:00+05:30")),
            "Thu 8 Jul 2027, 11:30 Swedish time (15:00 IST)",
        ),
        (
            Moment(datetime.fromisoformat("2026-12-09T00:30+05:30")),
            "Tue 8 Dec 2026, 20:00 Swedish time (9 Dec 00:30 IST)",
        ),
        (
            Moment(datetime.fromisoformat("2026-12-08T23:59:59+05:30"), has_time=False),
            "Tue 8 Dec 2026 (no time of day stated)",
        ),
    ],
    ids=["winter", "summer", "another day in India", "a day alone"],
)
def test_a_moment_is_on_both_clocks(moment: Moment, words: str) -> None:
    with translation.override("en"):
        assert moment_words(moment) == words


def test_every_stage_and_every_change_has_words() -> None:
    assert set(STAGES) == set(Stage)
    assert set(FIELDS) == set(FIELDS_THAT_MATTER)

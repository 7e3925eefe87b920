from __future__ import annotations

from datetime import date

import pytest

from ingest.reading.quarters import read_quarter
from ingest.reading.words import NotUnderstood


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Q1 of FY 2027-28", date(2027, 4, 1), date(2027, 6, 30)),
        ("Q2 FY 2027-28", date(2027, 7, 1), date(2027, 9, 30)),
        ("Q3, 2027-2028", date(2027, 10, 1), date(2027, 12, 31)),
        ("Q4 of financial year 2027–28", date(2028, 1, 1), date(2028, 3, 31)),
        ("Q4 FY27", date(2027, 1, 1), date(2027, 3, 31)),
        ("RFP in Q1-Q2 of FY 2027-28.", date(2027, 4, 1), date(2027, 9, 30)),
        ("q1 fy'28", date(2027, 4, 1), date(2027, 6, 30)),
    ],
)
def test_a_quarter_is_read_by_the_indian_fiscal_year(words: str, first: date, last: date) -> None:
    assert read_quarter(words) == (first, last)


@pytest.mark.parametrize("words", ["Q2 of 2027", "Q1 FY 2027", "Q1 of FY 2027-29", "Q3-Q1 of FY 2027-28"])
def test_a_quarter_that_may_mean_several_is_not_guessed(words: str) -> None:
    with pytest.raises(NotUnderstood):
        read_quarter(words)


def test_no_quarter_is_no_fact() -> None:
    assert read_quarter("next year") is None

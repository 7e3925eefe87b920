from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.projects.quarters import FiscalQuarter, quarter_named, quarter_of, quarters_from


@pytest.mark.parametrize(
    ("day", "label", "first", "last"),
    [
        (date(2027, 4, 1), "Q1 FY 2027-28", date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 8, 15), "Q2 FY 2027-28", date(2027, 7, 1), date(2027, 9, 30)),
        (date(2027, 12, 31), "Q3 FY 2027-28", date(2027, 10, 1), date(2027, 12, 31)),
        (date(2028, 2, 29), "Q4 FY 2027-28", date(2028, 1, 1), date(2028, 3, 31)),
        (date(2099, 4, 1), "Q1 FY 2099-00", date(2099, 4, 1), date(2099, 6, 30)),
    ],
)
def test_the_indian_year_begins_in_april(day: date, label: str, first: date, last: date) -> None:
    quarter = quarter_of(day)

    assert (quarter.label, quarter.first_day, quarter.last_day) == (label, first, last)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_quarter_and_quarters_follow_without_a_gap(day: date) -> None:
    quarter = quarter_of(day)

    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.next.first_day == quarter.last_day + timedelta(days=1)
    assert quarter_named(quarter.name) == quarter


@pytest.mark.parametrize("name", ["", "2027", "2027-Q5", "Q1", "2027-Q1; drop"])
def test_anything_else_names_no_quarter(name: str) -> None:
    assert quarter_named(name) is None


def test_quarters_are_counted_from_the_one_of_today() -> None:
    assert quarters_from(date(2026, 11, 22), 3) == [
        FiscalQuarter(2026, 3),
        FiscalQuarter(2026, 4),
        FiscalQuarter(2027, 1),
    ]

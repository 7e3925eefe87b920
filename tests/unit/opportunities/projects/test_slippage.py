from __future__ import annotations

from datetime import date

from opportunities.compile import Change
from opportunities.projects.slippage import slippage

APRIL, JULY, OCTOBER = date(2027, 4, 1), date(2027, 7, 1), date(2027, 10, 1)


def moved(before: date | None, after: date | None) -> tuple[Change, ...]:
    return (Change("tender_expected_from", before, after),)


def test_a_quarter_that_stands_as_first_told_has_not_moved() -> None:
    assert slippage([moved(None, APRIL), (Change("funding", None, "State"),)]) is None


def test_a_quarter_that_moves_twice_has_moved_from_the_first_to_the_last() -> None:
    found = slippage([moved(None, APRIL), moved(APRIL, JULY), moved(JULY, OCTOBER)])

    assert found is not None
    assert (found.first_from, found.quarters, found.times, found.is_later) == (APRIL, 2, 2, True)


def test_a_quarter_may_come_nearer() -> None:
    found = slippage([moved(None, JULY), moved(JULY, APRIL)])

    assert found is not None
    assert (found.quarters, found.is_later) == (1, False)


def test_a_quarter_that_moves_away_and_back_stands_where_it_stood() -> None:
    assert slippage([moved(None, APRIL), moved(APRIL, JULY), moved(JULY, APRIL)]) is None


def test_what_is_told_for_the_first_time_has_not_moved() -> None:
    assert slippage([(), moved(None, JULY)]) is None

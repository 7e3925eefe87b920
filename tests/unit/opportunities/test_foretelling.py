"""Predicted against actual, in quarters."""

from __future__ import annotations

from datetime import date

import pytest

from opportunities.projects.foretelling import FEWEST, Foretold, foretelling

SPRING = (date(2027, 4, 1), date(2027, 6, 30))
SUMMER = (date(2027, 7, 1), date(2027, 9, 30))


def came(on: date) -> Foretold:
    """First told for spring, last for summer."""
    return Foretold(*SPRING, *SUMMER, on)


@pytest.mark.parametrize(
    ("on", "off_by"),
    [
        (date(2027, 4, 1), 0),
        (date(2027, 6, 30), 0),
        (date(2027, 7, 1), 0.5),
        (date(2027, 9, 29), 1),
        (date(2027, 12, 29), 2),
        (date(2027, 3, 31), -0.5),
        (date(2026, 10, 1), -2),
    ],
)
def test_a_tender_is_so_many_quarters_off(on: date, off_by: float) -> None:
    assert foretelling([came(on)]).first_off_by == off_by


def test_the_quarter_told_last_counts_by_itself() -> None:
    told = foretelling([came(date(2027, 8, 1)), came(date(2027, 5, 1)), came(date(2028, 1, 1))])

    assert (told.count, told.within_first, told.within_last) == (3, 1, 1)
    assert (told.first_off_by, told.last_off_by) == (0.5, 0)


@pytest.mark.parametrize(("count", "is_telling"), [(0, False), (FEWEST - 1, False), (FEWEST, True)])
def test_few_tell_nothing(count: int, is_telling: bool) -> None:  # noqa: FBT001  a table of examples
    assert foretelling([came(date(2027, 8, 1))] * count).is_telling is is_telling

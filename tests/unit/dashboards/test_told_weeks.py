"""Weekly numbers that a competitor asks for on two days, with one company more in between."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.dashboards.reports.sections import told_weeks
from portal.lib.small_cells import LEAST, Cell
from portal.ui.charts.weeks import monday_of, weeks_from

BEGAN = datetime(2026, 9, 28, 9, tzinfo=UTC)  # a Monday
WEEKS = weeks_from(monday_of(BEGAN), 4)
HOURS = st.integers(0, 4 * 7 * 24 - 1)
# What companies did, and when
DEEDS = st.lists(st.tuples(HOURS, st.integers(1, 9)), max_size=60)


def cells_of(deeds: list[tuple[int, int]], *, until: datetime) -> dict[date, Cell]:
    by_week: dict[date, list[int]] = defaultdict(list)
    for hour, company in deeds:
        if (moment := BEGAN + timedelta(hours=hour)) < until:
            by_week[monday_of(moment)].append(company)
    return {week: Cell(tuple(companies)) for week, companies in by_week.items()}


@given(deeds=DEEDS, asked=st.tuples(HOURS, HOURS).map(sorted))
def test_what_was_told_of_a_week_is_the_same_on_every_later_day(
    deeds: list[tuple[int, int]], asked: list[int]
) -> None:
    first, second = (BEGAN + timedelta(hours=hour) for hour in asked)

    before = told_weeks(cells_of(deeds, until=first), WEEKS, at=first)
    after = told_weeks(cells_of(deeds, until=second), WEEKS, at=second)

    assert all(count == after[place] for place, count in enumerate(before) if count is not None)


@given(deeds=DEEDS, hour=HOURS, newcomer=st.integers(1, 40))
def test_one_company_that_joins_within_a_week_changes_nothing_that_is_told_before_it_ends(
    deeds: list[tuple[int, int]], hour: int, newcomer: int
) -> None:
    now = BEGAN + timedelta(hours=hour)
    joined = [*deeds, *[(hour, 99)] * newcomer]

    without, with_it = (
        told_weeks(cells_of(each, until=now + timedelta(seconds=1)), WEEKS, at=now)
        for each in (deeds, joined)
    )

    assert without == with_it


@given(deeds=DEEDS)
def test_a_week_of_few_companies_is_never_told(deeds: list[tuple[int, int]]) -> None:
    end = BEGAN + timedelta(days=40)
    cells = cells_of(deeds, until=end)

    for week, count in zip(WEEKS, told_weeks(cells, WEEKS, at=end), strict=True):
        assert count is None or len(cells[week].companies) >= LEAST

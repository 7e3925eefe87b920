from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.ui.charts.columns import FLOOR, TOP, lay_out
from portal.ui.charts.records import BarChart, ColumnChart, NamedCount, Period, Series
from portal.ui.charts.scale import scale_for
from portal.ui.charts.weeks import monday_of, week_period
from portal.ui.templatetags.charts import coordinate


def chart(*counts: tuple[int, ...], now: int | None = None) -> ColumnChart:
    periods = tuple(Period(f"w{i}", f"week {i}") for i in range(len(counts[0])))
    series = tuple(Series(f"kind {i}", each) for i, each in enumerate(counts))
    return ColumnChart("key", "Title", "Week", periods, series, now=now)


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, (1,)),
        (1, (1,)),
        (3, (1, 2, 3)),
        (5, (2, 4, 6)),
        (8, (2, 4, 6, 8)),
        (9, (5, 10)),
        (41, (20, 40, 60)),
        (1234, (500, 1000, 1500)),
    ],
)
def test_a_scale_is_read_off_in_round_steps(highest: int, ticks: tuple[int, ...]) -> None:
    assert scale_for(highest).ticks == ticks


@given(st.integers(0, 10**9))
def test_a_scale_holds_everything_and_wastes_less_than_a_step(highest: int) -> None:
    scale = scale_for(highest)

    assert scale.top >= highest
    assert scale.top - scale.step < max(1, highest)
    assert 1 <= scale.steps <= 4


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=13, max_size=13), min_size=1, max_size=4))
def test_every_column_stands_on_the_floor_and_under_the_top(rows: list[list[int]]) -> None:
    drawn = lay_out(chart(*(tuple(row) for row in rows)))

    for column in drawn.columns:
        edges = [(s.y, round(s.y + s.height, 2)) for s in column.segments]
        assert [lower for _, lower in edges] == [FLOOR, *(upper for upper, _ in edges)][: len(edges)]
        assert all(upper >= TOP for upper, _ in edges)


@given(st.integers(1, 60), st.integers(0, 59))
def test_a_phone_has_room_for_the_words_of_the_axis(number: int, now: int) -> None:
    drawn = lay_out(chart((1,) * number, now=min(now, number - 1)))

    assert 1 <= len(drawn.labels) <= 5
    assert any(label.text == f"w{min(now, number - 1)}" for label in drawn.labels)
    assert all(0 <= label.x <= 100 for label in drawn.labels)


def test_a_period_that_isnt_over_is_told_from_the_rest() -> None:
    drawn = lay_out(chart((1, 2, 3), now=2))

    assert [column.is_now for column in drawn.columns] == [False, False, True]


def test_what_isnt_there_isnt_drawn() -> None:
    drawn = lay_out(chart((0, 2), (1, 0)))

    assert [[s.series for s in column.segments] for column in drawn.columns] == [[2], [1]]


@pytest.mark.parametrize(
    "counts", [((1, 2), (1,)), ((-1,),), ((1,), (1,), (1,), (1,), (1,))], ids=["uneven", "negative", "five"]
)
def test_a_chart_that_makes_no_sense_is_refused(counts: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError, match=r"series|nought"):
        chart(*counts)


def test_the_smallest_count_still_shows_as_a_bar() -> None:
    lines = (NamedCount("many", 5000), NamedCount("one", 1), NamedCount("none", 0))

    assert [share for _, share in BarChart("key", "Title", "Field", "Number", lines).shares] == [100, 1, 0]


@pytest.mark.parametrize(
    ("value", "written"), [(0.0, "0"), (12.5, "12.5"), (100.0, "100"), (3.14159, "3.142")]
)
def test_svg_reads_a_point_in_any_language(value: float, written: str) -> None:
    with translation.override("sv"):
        assert coordinate(value) == written


def test_a_week_begins_on_monday_in_stockholm() -> None:
    assert monday_of(datetime(2026, 11, 22, 22, 59, tzinfo=UTC)) == date(2026, 11, 16)
    assert monday_of(datetime(2026, 11, 22, 23, 1, tzinfo=UTC)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "label", "name"),
    [
        ("en", "wk 53", "Week 53, 28 Dec 2026 – 3 Jan 2027"),
        ("sv", "v. 53", "Vecka 53, 28 dec. 2026–3 jan. 2027"),
    ],
)
def test_a_week_goes_by_its_number(language: str, label: str, name: str) -> None:
    with translation.override(language):
        period = week_period(date(2026, 12, 28))

    assert period.label == label
    assert period.name.replace("\u2009", " ").replace("\xa0", " ") == name

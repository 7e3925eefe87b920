"""A chart in each state it can be in. Tests compare how they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.gallery.records import Example
from portal.ui.charts.records import BarChart, ColumnChart, NamedCount, Period, Series
from portal.ui.charts.weeks import week_period, weeks_from

MONDAY = date(2026, 8, 31)
LONG = "Drinking-water supply, distribution networks, metering and leak detection in towns of any size"


def examples() -> Iterator[Example]:
    for state, columns in column_charts().items():
        yield Example("column_chart", state, {"chart": columns})
    for state, bars in bar_charts().items():
        yield Example("bar_chart", state, {"chart": bars})


def _weeks(number: int) -> tuple[Period, ...]:
    return tuple(week_period(monday) for monday in weeks_from(MONDAY, number))


def column_charts() -> dict[str, ColumnChart]:
    """In the language that is active."""
    new = (4, 0, 7, 12, 3, 1, 9, 15, 2, 0, 6, 1234)
    weeks = _weeks(12)
    return {
        "columns": ColumnChart("new", "New matches", "Week", weeks, (Series("New", new),), now=11),
        "stacked": ColumnChart(
            "ahead",
            "Deadlines ahead",
            "Week",
            weeks[:4],
            (
                Series("Bids", (1, 0, 2, 5)),
                Series("Questions", (0, 0, 3, 1)),
                Series("Meetings", (2, 0, 0, 1)),
            ),
            now=0,
        ),
        "one-period": ColumnChart("one", LONG, "Week", weeks[:1], (Series(LONG, (1,)),)),
        "nothing": ColumnChart("none", "New matches", "Week", weeks, (Series("New", (0,) * 12),)),
        "no-periods": ColumnChart("gone", "New matches", "Week", (), ()),
    }


def bar_charts() -> dict[str, BarChart]:
    lines = (
        NamedCount("Wastewater", 1234, "/matches/?domain=wastewater"),
        NamedCount(LONG, 40),
        NamedCount("<b>Nothing</b> & nobody", 0),
    )
    return {
        "bars": BarChart("domains", "Matches by field", "Field", "Matches", lines),
        "no-bars": BarChart("empty", "Matches by field", "Field", "Matches", ()),
    }

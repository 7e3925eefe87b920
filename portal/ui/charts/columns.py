"""Where the columns, lines and words of a chart over time lie.

Sideways everything is in per cent of the chart's width and upwards in pixels, so that a chart grows with the
page and its words don't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from portal.ui.charts.records import ColumnChart
from portal.ui.charts.scale import Scale, scale_for

HEIGHT = 190.0
TOP = 18.0  # room for a word above the highest line
FLOOR = 164.0  # the words of the axis stand below
GAP = 0.28  # of a period's width, between columns
MOST_LABELS = 5  # as many as a narrow phone has room for


@dataclass(frozen=True, slots=True)
class Segment:
    """A column, or one series' piece of it."""

    x: float
    width: float
    y: float
    height: float
    series: int  # from 1
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """One period's, with all that is to be said of it."""

    period: str
    is_now: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    value: int


@dataclass(frozen=True, slots=True)
class AxisLabel:
    x: float
    text: str
    anchor: str  # as SVG has it: start, middle, end


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart over time, ready to be drawn."""

    columns: tuple[Column, ...]
    grid: tuple[GridLine, ...]
    labels: tuple[AxisLabel, ...]
    height: float = HEIGHT
    floor: float = FLOOR


def lay_out(chart: ColumnChart) -> Columns:
    """Where everything lies. A chart without periods or without counts has its axis and no columns."""
    scale = scale_for(chart.highest)
    return Columns(
        columns=tuple(_columns(chart, scale)),
        grid=tuple(GridLine(_height_of(value, scale), value) for value in scale.ticks),
        labels=tuple(_labels(chart)),
    )


def _height_of(value: int, scale: Scale) -> float:
    return round(FLOOR - (FLOOR - TOP) * value / scale.top, 2)


def _columns(chart: ColumnChart, scale: Scale) -> Iterator[Column]:
    slot = 100 / max(1, len(chart.periods))
    width = round(slot * (1 - GAP), 3)
    for i, period in enumerate(chart.periods):
        tops = list(accumulate((series.counts[i] for series in chart.series), initial=0))
        segments = tuple(
            Segment(
                x=round(slot * (i + GAP / 2), 3),
                width=width,
                y=_height_of(tops[number], scale),
                height=round(_height_of(tops[number - 1], scale) - _height_of(tops[number], scale), 2),
                series=number,
                name=series.name,
                count=series.counts[i],
            )
            for number, series in enumerate(chart.series, start=1)
            if series.counts[i]
        )
        yield Column(period.name, is_now=i == chart.now, segments=segments)


def _labels(chart: ColumnChart) -> Iterator[AxisLabel]:
    """At even distances, counted from the current period if there is one."""
    number = len(chart.periods)
    step = -(-number // MOST_LABELS) or 1
    slot = 100 / max(1, number)
    first = (chart.now or 0) % step
    for i in range(first, number, step):
        # The outermost would stick out if they stood in the middle of their columns.
        if i == 0:
            yield AxisLabel(round(slot * GAP / 2, 3), chart.periods[i].label, "start")
        elif i == number - 1:
            yield AxisLabel(round(100 - slot * GAP / 2, 3), chart.periods[i].label, "end")
        else:
            yield AxisLabel(round(slot * (i + 0.5), 3), chart.periods[i].label, "middle")

"""What a chart shows. Every word arrives as its reader is to see it."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SERIES = 4  # more can't be told apart; the styles know as many


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of thing that is counted, with a count for each period."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: shortly, for the axis, and in full, for the table."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Counts over time: a column for each period, stacked where there are several series.

    ``key`` tells it from other charts of its page. ``now`` is the index of the period that isn't over yet.
    Raises ValueError where counts and periods don't go together, or there are too many series.
    """

    key: str
    title: str
    period_title: str
    periods: tuple[Period, ...]
    series: tuple[Series, ...]
    now: int | None = None
    # Periods, by index, whose counts may not be told; they stand as nought and aren't drawn
    untold: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.series) > MOST_SERIES:
            raise ValueError("more series than can be told apart")
        if any(len(series.counts) != len(self.periods) for series in self.series):
            raise ValueError("a series needs a count for each period")
        if any(count < 0 for series in self.series for count in series.counts):
            raise ValueError("counts are never below nought")

    @property
    def is_stacked(self) -> bool:
        return len(self.series) > 1

    @property
    def totals(self) -> tuple[int, ...]:
        """For each period."""
        return tuple(sum(series.counts[i] for series in self.series) for i in range(len(self.periods)))

    @property
    def total(self) -> int:
        return sum(self.totals)

    @property
    def highest(self) -> int:
        return max(self.totals, default=0)

    @property
    def busiest(self) -> Period | None:
        """The first of those with the highest total; None while nothing is counted."""
        return self.periods[self.totals.index(self.highest)] if self.total else None

    @property
    def rows(self) -> tuple[PeriodRow, ...]:
        """The same as a table."""
        return tuple(
            PeriodRow(
                period,
                tuple(s.counts[i] for s in self.series),
                self.totals[i],
                i == self.now,
                i in self.untold,
            )
            for i, period in enumerate(self.periods)
        )


@dataclass(frozen=True, slots=True)
class PeriodRow:
    period: Period
    counts: tuple[int, ...]
    total: int
    is_now: bool
    is_untold: bool = False


@dataclass(frozen=True, slots=True)
class NamedCount:
    """One line of a chart of horizontal bars. ``url`` leads to what is counted, where that can be shown."""

    name: str
    count: int
    url: str = ""
    is_untold: bool = False  # its count may not be told, and stands as nought


@dataclass(frozen=True, slots=True)
class BarChart:
    """Counts of named things, each a horizontal bar beside its number, in the order given."""

    key: str
    title: str
    name_title: str
    count_title: str
    lines: tuple[NamedCount, ...]

    @property
    def shares(self) -> tuple[tuple[NamedCount, int], ...]:
        """Each line with the length of its bar, in per cent of the longest. What is counted shows."""
        most = max((line.count for line in self.lines), default=0)
        return tuple(
            (line, max(1, round(100 * line.count / most)) if line.count else 0) for line in self.lines
        )

"""What waits for the office, from every app, as one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ingest.models import Source
from ingest.selectors import (
    alarmed_sources,
    broken_sources,
    changed_layouts,
    sources_in_trouble,
    tables_to_map,
)
from ingest.templatetags.source_words import alarm_words, layout_words
from opportunities.selectors import unknown_buyers
from portal.dashboards.cases import cases_about
from portal.dashboards.models import Case
from portal.dashboards.waiting_kinds import WaitingKind
from portal.dashboards.waiting_rows import Row, row_of, rows
from portal.lib.numbers import number_in

# Of each kind; the rest shows as those are dealt with.
SHOWN = 25
_HOLD_OTHERS_UP = (WaitingKind.BROKEN, WaitingKind.ALARMED, WaitingKind.LAYOUT, WaitingKind.COLUMNS)
_OTHERS = tuple(kind for kind in WaitingKind if kind not in _HOLD_OTHERS_UP)
_RANKS = {kind: rank for rank, kind in enumerate((*_HOLD_OTHERS_UP, *_OTHERS))}
__all__ = [
    "SHOWN",
    "AllWaiting",
    "Waiting",
    "WaitingCount",
    "WaitingKind",
    "counts_of",
    "everything_waiting",
    "place_of",
    "thing_named",
    "what_waits",
]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to look at."""

    kind: WaitingKind
    pk: int
    title: str
    detail: str
    since: datetime | None
    is_early: bool = False
    is_read: bool = False  # a table, by a guess of its columns
    likeness: int | None = None  # of two that may be one
    state: int = 0  # grows with whatever becomes known of it
    row: Any = None  # what the line was made of, where that is all there is to it
    case: Case | None = None  # None: nobody has done or said anything about it yet

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def stamp(self) -> str:
        """How it stands: another stamp later tells that something was done or became known since."""
        return f"{self.case.version if self.case else 0}.{self.state}"


@dataclass(frozen=True, slots=True)
class WaitingCount:
    kind: WaitingKind
    count: int

    @property
    def may_be_more(self) -> bool:
        return self.count >= SHOWN


def everything_waiting(*, at: datetime, most: int = SHOWN) -> list[Waiting]:
    """The latest of each kind, those that hold others up first. Six queries, however much waits."""
    sources = list(sources_in_trouble()[:most])
    found = rows(at=at, count=most)
    lines = [
        *_broken(sources),
        *_alarmed(sources),
        *_layouts(most),
        *_columns(most),
        *(_line(kind, row) for kind, of_kind in found.items() for row in of_kind),
        *_buyers(most),
    ]
    return sorted(_with_cases(lines), key=place_of)


def place_of(line: Waiting) -> tuple[int | str, ...]:
    """By what lines are ordered: no two have the same, and none has another because one was dealt with."""
    rank, since = _RANKS[line.kind], round(line.since.timestamp() * 1_000_000) if line.since else 0
    match line.kind:
        case WaitingKind.REGISTRATION:  # whoever asked first is answered first
            return (rank, since, line.pk)
        case WaitingKind.BUYER:
            return (rank, -line.state, line.title, line.detail, line.pk)
        case WaitingKind.COLUMNS:
            return (rank, int(line.is_read), -since, line.pk)
    return (rank, -(line.likeness or 0), -since, -line.pk)


@dataclass(frozen=True, slots=True)
class AllWaiting:
    """What waits at one moment, for whoever asks several times: nothing is asked of the database twice."""

    at: datetime
    lines: list[Waiting]
    _asked: dict[str, Waiting | None] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_asked", {line.key: line for line in self.lines})

    @classmethod
    def found(cls, *, at: datetime) -> AllWaiting:
        return cls(at, everything_waiting(at=at))

    def line(self, key: str) -> Waiting | None:
        """The line with that key, shown or not; None where nothing such waits."""
        if key not in self._asked:
            self._asked[key] = what_waits(key, at=self.at)
        return self._asked[key]


def thing_named(key: str) -> tuple[WaitingKind, int] | None:
    """What a key names, whether it waits or not; None where it can't be one."""
    kind, _, number = key.partition("-")
    pk = number_in(number)
    return None if kind not in set(WaitingKind) or pk is None else (WaitingKind(kind), pk)


def what_waits(key: str, *, at: datetime) -> Waiting | None:
    """The line with that key, shown or not; None where nothing such waits."""
    thing = thing_named(key)
    if thing is None:
        return None
    kind, pk = thing
    if kind in _BY_HAND:
        found = next((line for line in _BY_HAND[kind]() if line.pk == pk), None)
    else:
        row = row_of(kind, pk, at=at)
        found = None if row is None else _line(kind, row)
    return None if found is None else _with_cases([found])[0]


def _with_cases(lines: list[Waiting]) -> list[Waiting]:
    cases = cases_about((line.kind, line.pk) for line in lines)
    return [replace(line, case=cases.get(line.key)) for line in lines]


def _line(kind: WaitingKind, row: Row) -> Waiting:
    return Waiting(
        kind,
        row.pk,
        row.title,
        row.detail,
        row.since,
        is_early=row.is_early,
        likeness=row.weight if kind is WaitingKind.DUPLICATE else None,
        state=row.state,
    )


def _broken(sources: Iterable[Source]) -> Iterator[Waiting]:
    for source in sources:
        if source.consecutive_failures:
            yield Waiting(
                WaitingKind.BROKEN,
                source.pk,
                source.name,
                source.last_failure,
                source.last_polled_at,
                row=source,
            )


def _alarmed(sources: Iterable[Source]) -> Iterator[Waiting]:
    for source in sources:
        if source.alarm:
            words = alarm_words(source)
            yield Waiting(WaitingKind.ALARMED, source.pk, source.name, words, source.alarmed_at, row=source)


def _layouts(most: int = SHOWN) -> Iterator[Waiting]:
    for layout in changed_layouts()[:most]:
        words = layout_words(layout)
        yield Waiting(WaitingKind.LAYOUT, layout.pk, layout.source.name, words, layout.alarmed_at, row=layout)


def _columns(most: int = SHOWN) -> Iterator[Waiting]:
    for table in tables_to_map()[:most]:
        names = ", ".join(table.names)
        title = f"{table.source_name}, {table.file_name}"
        yield Waiting(
            WaitingKind.COLUMNS, table.pk, title, names, table.read_at, is_read=table.is_read, row=table
        )


def _buyers(most: int | None = None) -> Iterator[Waiting]:
    for unknown in unknown_buyers(most=most):
        yield Waiting(
            WaitingKind.BUYER,
            unknown.first_opportunity,
            unknown.name,
            unknown.publisher,
            None,
            state=unknown.opportunities,
            row=unknown,
        )


_BY_HAND: dict[WaitingKind, Callable[[], Iterator[Waiting]]] = {
    WaitingKind.BROKEN: lambda: _broken(broken_sources()),
    WaitingKind.ALARMED: lambda: _alarmed(alarmed_sources()),
    WaitingKind.LAYOUT: _layouts,
    WaitingKind.COLUMNS: _columns,
    WaitingKind.BUYER: _buyers,
}


def counts_of(waiting: list[Waiting]) -> list[WaitingCount]:
    kinds = [row.kind for row in waiting]
    return [WaitingCount(kind, kinds.count(kind)) for kind in WaitingKind if kind in kinds]

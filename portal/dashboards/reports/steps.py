"""A report's figures as they may be told: each stands still until enough companies have moved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from matching.selectors.competition import Answered, Asked
from matching.selectors.report import Funnel, Reach
from portal.dashboards.reports.figures import Figures
from portal.dashboards.reports.last_told import last_told
from portal.dashboards.reports.period import Quarter
from portal.lib.small_cells import Acts, Cell
from portal.ui.charts.weeks import monday_of

_STAGES = ("only_followed", "only_bid", "only_shortlisted", "won")
_REACHED = ("matched", "opened", "followed")


def as_told(figures: Figures) -> Figures:
    """The same report, as far as it may be told by now."""
    key = figures.quarter.key
    groups: dict[str, Acts] = {
        f"{key} funnel": {stage: getattr(figures.funnel, stage).each for stage in _STAGES},
        f"{key} reasons": _acts(figures.reasons),
        f"{key} given up": _acts(figures.given_up),
        **_weeks(f"{key} matches", figures.matches, at=figures.at),
        **_weeks(f"{key} follows", figures.follows, at=figures.at),
    }
    for row in figures.reach:
        groups |= {_reached(key, row, part): {part: getattr(row, part).each} for part in _REACHED}
    told = {name: _cells(acts) for name, acts in last_told(groups, now=figures.at).items()}
    return replace(
        figures,
        funnel=Funnel(*(told[f"{key} funnel"].get(stage, Cell()) for stage in _STAGES)),
        reasons=told[f"{key} reasons"],
        given_up=told[f"{key} given up"],
        matches=_by_week(f"{key} matches", figures.matches, told),
        follows=_by_week(f"{key} follows", figures.follows, told),
        reach=[_reach(key, row, told) for row in figures.reach],
    )


def requests_as_told(quarter: Quarter, requests: Sequence[Asked], *, now: datetime) -> list[Asked]:
    """What members asked each other, all of it as it stood when enough had moved it on either side."""
    name = f"{quarter.key} requests"
    acts = {_written(request): [request.asking, request.asked] for request in requests}
    return [_read(words, *sides) for words, sides in last_told({name: acts}, now=now, sides=2)[name].items()]


def _reach(key: str, row: Reach, told: Mapping[str, Mapping[str, Cell]]) -> Reach:
    matched, opened, followed = (told[_reached(key, row, part)].get(part, Cell()) for part in _REACHED)
    return replace(row, matched=matched, opened=opened, followed=followed)


def _reached(key: str, row: Reach, part: str) -> str:
    return f"{key} reach {row.opportunity_id} {part}"


def _weeks(name: str, weeks: Mapping[date, Cell], *, at: datetime) -> dict[str, Acts]:
    """Those that have ended: one that runs would be told while it is half."""
    running = monday_of(at)
    return {f"{name} {week}": {"": cell.each} for week, cell in weeks.items() if week < running}


def _by_week(name: str, weeks: Iterable[date], told: Mapping[str, Mapping[str, Cell]]) -> dict[date, Cell]:
    return {week: told.get(f"{name} {week}", {}).get("", Cell()) for week in weeks}


def _acts(cells: Mapping[str, Cell]) -> Acts:
    return {name: cell.each for name, cell in cells.items()}


def _cells(acts: Acts) -> dict[str, Cell]:
    return {name: Cell(tuple(each)) for name, each in acts.items()}


def _written(request: Asked) -> str:
    concerns = "-" if request.concerns is None else "+".join(("", *sorted(request.concerns)))
    return f"{request.number} {request.answered} {int(request.is_in_ledger)} {concerns}"


def _read(words: str, asking: int, asked: int) -> Asked:
    number, answered, is_in_ledger, concerns = words.split(" ")
    return Asked(
        int(number),
        asking,
        asked,
        Answered(answered),
        None if concerns == "-" else frozenset(concerns.split("+")[1:]),
        is_in_ledger=is_in_ledger == "1",
    )

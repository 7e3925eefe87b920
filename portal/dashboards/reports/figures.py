"""All that is counted for a report of one period, whether it may be told or not. Seven queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ingest.selectors import SourceFreshness, sources_freshness
from matching.selectors.report import (
    Demand,
    Funnel,
    Reach,
    demand,
    follows_begun,
    given_up,
    losses,
    new_matches,
    reach,
)
from portal.accounts.models import Company
from portal.dashboards.reports.period import Quarter
from portal.lib.small_cells import Cell


@dataclass(frozen=True, slots=True)
class Figures:
    quarter: Quarter
    at: datetime
    members: int
    reach: list[Reach]
    demand: Demand
    matches: Mapping[date, Cell]  # by Monday
    follows: Mapping[date, Cell]
    funnel: Funnel
    reasons: Mapping[str, Cell]  # told with outcomes
    given_up: Mapping[str, Cell]  # told with dismissals
    counted_on: date | None
    gates: Mapping[str, tuple[int, int]]
    sources: list[SourceFreshness]


def figures_of(quarter: Quarter, *, now: datetime) -> Figures:
    since, until = quarter.begins, quarter.ends
    members = list(Company.objects.filter(approved_at__lte=now).only("domains", "region"))
    begun = follows_begun(since=since, until=until)
    counted_on, gates = losses(since=since, until=until, at=now)
    return Figures(
        quarter=quarter,
        at=now,
        members=len(members),
        reach=reach(members, since=since, until=until, at=now),
        demand=demand(since=since, until=until, at=now),
        matches=new_matches(since=since, until=until),
        follows=begun.by_week,
        funnel=begun.funnel,
        reasons=begun.reasons,
        given_up=given_up(since=since, until=until),
        counted_on=counted_on,
        gates=gates,
        sources=sources_freshness(),
    )

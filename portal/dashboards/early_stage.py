"""What is coming, before it is tendered: a board by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from matching.scoring.engine import DOMAINS
from matching.selectors import (
    Followed,
    fits_of,
    followed_in,
    followed_projects,
    project_follow_on,
    tendered_news,
)
from opportunities.places import STATES
from opportunities.project_selectors import (
    RARE,
    BoardCounts,
    BoardFilter,
    Column,
    LinkedTender,
    Projects,
    board_counts,
    by_expected,
    domains_of,
    in_column,
    in_columns,
    linked_tenders,
    narrowed_board,
    on_the_board,
    root_of,
    top_of_each_column,
    visible_projects,
)
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required
from portal.dashboards.tables.projects import PROJECTS
from portal.ui.downloads import AT_ONCE, asked_kind, download

# More of one stage stands on a page of its own.
IN_A_COLUMN = 8
PER_PAGE = 20
_STATES = frozenset(state.code for state in STATES)


class Shown(Protocol):
    """A project that came through the door."""

    pk: int


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """One project on the board."""

    project: Shown
    follow: Followed | None
    score: int | None  # None: no profile has been compared with it, or none has anything in common
    tenders: tuple[LinkedTender, ...]
    domains: tuple[str, ...]
    is_own: bool = True  # the reader acts for the company, and may follow it


@dataclass(frozen=True, slots=True)
class BoardColumn:
    column: Column
    count: int
    cards: list[ProjectCard]

    @property
    def left_out(self) -> int:
        return self.count - len(self.cards)


@require_GET
@company_required
def early_stage(request: CompanyRequest) -> HttpResponseBase:
    """The board; with a stage named, all that stands in it."""
    now = timezone.now()
    wish, stage = _wish(request), _stage(request)
    door = on_the_board(visible_projects(to=request.company, at=now), at=now)
    found = narrowed_board(door, wish, at=now)
    if wish.is_followed and not request.is_guest:
        found = found.filter(pk__in=followed_projects(request.company, at=now).values("pk"))
    if kind := asked_kind(request):
        ordered = by_expected(in_column(found, stage) if stage else found)
        return download(kind, PROJECTS, ordered.iterator(AT_ONCE))
    everything = board_counts(door, at=now)
    counts = everything if stage or wish == BoardFilter() else board_counts(found, at=now)
    found = found.annotate(follow=project_follow_on(by=request.company))
    page = _page(request, found, stage) if stage else None
    shown = list(page) if page else list(top_of_each_column(found, count=IN_A_COLUMN))
    context = {
        "section": "early",
        "now": now,
        "wish": wish,
        "stage": stage,
        "is_narrowed": wish != BoardFilter(),
        "everything": everything,
        "columns": _columns(request, shown, counts, stage, now=now),
        "page": page,
        "domains": _by_count(everything.domains, wish.domain),
        "states": _by_count(everything.states, wish.state),
        "news": [] if stage or request.is_guest else tendered_news(request.company, at=now),
    }
    return render(request, "portal/early_stage.html", context)


def _wish(request: HttpRequest) -> BoardFilter:
    """What the address asks for; anything it doesn't offer is taken as not asked."""
    domain, only = request.GET.get("domain", ""), request.GET.get("only", "")
    state = request.GET.get("state", "").upper()
    return BoardFilter(
        domain=domain if domain in DOMAINS else "",
        state=state if state in _STATES else "",
        is_slipping=only == "slipping",
        is_followed=only == "followed",
    )


def _stage(request: HttpRequest) -> Column | None:
    stage = request.GET.get("stage", "")
    return Column(stage) if stage in set(Column) else None


def _page(request: HttpRequest, found: Projects, stage: Column) -> Page[Any]:
    ordered = by_expected(in_column(found, stage))
    return Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))


def _columns(
    request: CompanyRequest, shown: Sequence[Any], counts: BoardCounts, stage: Column | None, *, now: datetime
) -> list[BoardColumn]:
    scores = fits_of(request.company, [root_of(project) for project in shown])
    tenders = linked_tenders([project.pk for project in shown], to=request.company, at=now)
    wanted = [stage] if stage else list(Column)
    return [
        BoardColumn(
            column,
            counts.columns.get(column, 0),
            [
                ProjectCard(
                    project,
                    None if request.is_guest else followed_in(project),
                    scores.get(root_of(project)),
                    tuple(tenders.get(project.pk, ())),
                    domains_of(project),
                    is_own=not request.is_guest,
                )
                for project in projects
            ],
        )
        for column, projects in in_columns(shown).items()
        if column in wanted and (projects or column not in RARE)
    ]


def _by_count(counts: Mapping[str, int], chosen: str) -> list[tuple[str, int]]:
    """What there is most of first; what was chosen stays to be unchosen."""
    kept = {chosen: 0} | dict(counts) if chosen else dict(counts)
    return sorted(kept.items(), key=lambda pair: (-pair[1], pair[0]))

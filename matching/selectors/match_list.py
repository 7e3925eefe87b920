"""The list of matches: narrowed, in order, and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from matching.models import Match
from matching.selectors.follows import followed_by
from matching.selectors.looks import changed_for
from matching.selectors.reader import Reader
from opportunities.parsed_notice import EARLY_STAGES, Stage
from opportunities.selectors import changes_since

NEW_FOR = timedelta(days=7)
CLOSING_WITHIN = timedelta(days=14)


class StageGroup(StrEnum):
    """How far along, coarsely, as people filter by it."""

    ANY = ""
    EARLY = "early"
    SOUNDING = "sounding"  # the buyer asks the market before inviting bids
    TENDER = "tender"


_STAGES_OF = {
    StageGroup.EARLY: tuple(EARLY_STAGES),
    StageGroup.SOUNDING: (Stage.RFI, Stage.EOI, Stage.RFQ),
    StageGroup.TENDER: (Stage.TENDER,),
}


class Mark(StrEnum):
    """What a match may be to those who look at the list."""

    CHANGED = "changed"  # since the person opened it
    FOLLOWED = "followed"
    NEW = "new"  # in NEW_FOR


class MatchOrder(StrEnum):
    BEST = "best"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """What a person narrows the list to; "" leaves it as it is."""

    stage: StageGroup = StageGroup.ANY
    state: str = ""
    text: str = ""
    marks: frozenset[Mark] = frozenset()
    order: MatchOrder = MatchOrder.BEST


@dataclass(frozen=True, slots=True)
class MatchFigures:
    """The row of numbers above a list."""

    total: int
    new: int  # in NEW_FOR
    closing: int  # in CLOSING_WITHIN
    early: int
    changed: int  # in NEW_FOR


def narrowed(matches: QuerySet[Match], wish: MatchFilter, *, reader: Reader, at: datetime) -> QuerySet[Match]:
    """What the reader wishes to see of the company's matches, in the order wished."""
    for mark in wish.marks:
        matches = matches.filter(_bears(mark, reader, at=at))
    if wish.stage:
        matches = matches.filter(opportunity__stage__in=_STAGES_OF[wish.stage])
    if wish.state:
        matches = matches.filter(opportunity__state=wish.state)
    if wish.text:
        words = SearchQuery(wish.text, search_type="websearch", config="english")
        matches = matches.filter(
            Q(opportunity__search_vector=words)
            | Q(opportunity__buyer_name__icontains=wish.text)
            | Q(opportunity__city__icontains=wish.text)
            | Q(opportunity__process_id__icontains=wish.text)
        )
    soonest = F("opportunity__submission_deadline").asc(nulls_last=True)
    if wish.order is MatchOrder.DEADLINE:
        return matches.order_by(soonest, "-score", "pk")
    return matches.order_by("-score", soonest, "pk")


def _bears(mark: Mark, reader: Reader, *, at: datetime) -> Q:
    match mark:
        case Mark.CHANGED:
            return Q(opportunity__in=changed_for(reader.person))
        case Mark.FOLLOWED:
            return Q(opportunity__in=followed_by(reader.company))
        case Mark.NEW:
            return Q(first_matched_at__gte=at - NEW_FOR)


def match_figures(matches: QuerySet[Match], *, at: datetime) -> MatchFigures:
    """All the numbers in one query."""
    has_changed = Exists(changes_since(at - NEW_FOR).filter(opportunity=OuterRef("opportunity")))
    counted = matches.aggregate(
        total=Count("pk"),
        new=Count("pk", filter=Q(first_matched_at__gte=at - NEW_FOR)),
        closing=Count("pk", filter=Q(opportunity__submission_deadline__lte=at + CLOSING_WITHIN)),
        early=Count("pk", filter=Q(opportunity__stage__in=EARLY_STAGES)),
        changed=Count("pk", filter=Q(has_changed)),
    )
    return MatchFigures(**counted)


def counts_by_state(matches: QuerySet[Match]) -> dict[str, int]:
    """How many matches lie in each state that has any; those without a known state are left out."""
    rows = (
        matches.exclude(opportunity__state="")
        .order_by()
        .values("opportunity__state")
        .annotate(count=Count("pk"))
        .values_list("opportunity__state", "count")
    )
    return dict(rows)


def next_deadlines(matches: QuerySet[Match], *, count: int) -> list[Match]:
    dated = matches.filter(opportunity__submission_deadline__isnull=False)
    return list(dated.order_by("opportunity__submission_deadline", "pk")[:count])

"""The list of matches: what a reader may narrow it to, and in which order it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Coalesce

from matching.models import Match
from matching.selectors.follows import followed_by
from matching.selectors.looks import changed_for
from matching.selectors.matches import read_late
from matching.selectors.reader import Reader
from opportunities.parsed_notice import EARLY_STAGES, Stage
from opportunities.searching.definition import ValueBand

NEW_FOR = timedelta(days=7)
CLOSING_WITHIN = timedelta(days=14)
CLOSING_LATER = timedelta(days=45)


class StageGroup(StrEnum):
    """How far along, coarsely, as people filter by it."""

    EARLY = "early"
    SOUNDING = "sounding"  # the buyer asks the market before inviting bids
    TENDER = "tender"
    OTHER = ""


_STAGES_OF = {
    StageGroup.EARLY: tuple(EARLY_STAGES),
    StageGroup.SOUNDING: (Stage.RFI, Stage.EOI, Stage.RFQ),
    StageGroup.TENDER: (Stage.TENDER,),
}


class Closing(StrEnum):
    """When bids close, coarsely."""

    SOON = "soon"  # in CLOSING_WITHIN
    LATER = "later"  # after that, in CLOSING_LATER
    MUCH_LATER = "much_later"
    UNSTATED = "unstated"


class Mark(StrEnum):
    """What a match may be to those who look at the list."""

    CHANGED = "changed"  # since the person opened it
    FOLLOWED = "followed"
    NEW = "new"  # in NEW_FOR


class MatchOrder(StrEnum):
    BEST = "best"
    DEADLINE = "deadline"
    VALUE = "value"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """What a person narrows the list to; nothing chosen leaves it as it is."""

    stages: frozenset[StageGroup] = frozenset()
    domains: frozenset[str] = frozenset()
    values: frozenset[ValueBand] = frozenset()
    closings: frozenset[Closing] = frozenset()
    marks: frozenset[Mark] = frozenset()
    state: str = ""
    text: str = ""
    order: MatchOrder = MatchOrder.BEST

    @property
    def is_narrowing(self) -> bool:
        chosen = (self.stages, self.domains, self.values, self.closings, self.marks, self.state, self.text)
        return any(chosen)


def narrowed(matches: QuerySet[Match], wish: MatchFilter, *, reader: Reader, at: datetime) -> QuerySet[Match]:
    """What the reader wishes to see of the company's matches, in the order wished."""
    if wish.stages:
        matches = matches.filter(opportunity__stage__in=[s for g in wish.stages for s in _STAGES_OF[g]])
    if wish.domains:
        matches = matches.filter(opportunity__search_entry__domains__overlap=sorted(wish.domains))
    if wish.values:
        matches = matches.alias(band=value_band()).filter(band__in=wish.values)
    if wish.closings:
        matches = matches.alias(closing=closing(at)).filter(closing__in=wish.closings)
    for mark in wish.marks:
        matches = matches.filter(_bears(mark, reader, at=at))
    if wish.state:
        matches = matches.filter(opportunity__state=wish.state)
    if wish.text:
        matches = matches.filter(says(wish.text))
    return matches.order_by(*order_of(wish))


def order_of(wish: MatchFilter) -> tuple[OrderBy, ...]:
    """What the list is ordered by; no two of its lines have all of it alike."""
    return _ORDERS[wish.order]


_SOONEST = F("opportunity__submission_deadline").asc(nulls_last=True)
_BEST, _ONE = F("score").desc(), F("pk").asc()
_ORDERS: dict[MatchOrder, tuple[OrderBy, ...]] = {
    MatchOrder.BEST: (_BEST, _SOONEST, _ONE),
    MatchOrder.DEADLINE: (_SOONEST, _BEST, _ONE),
    MatchOrder.VALUE: (F("opportunity__search_entry__value_inr").desc(nulls_last=True), _BEST, _ONE),
    MatchOrder.NEWEST: (F("first_matched_at").desc(), _BEST, _ONE),
}


def next_deadlines(matches: QuerySet[Match], *, count: int, at: datetime) -> list[Match]:
    # Open ones are ahead anyway; saying so lets the index begin there, and not with the oldest.
    dated = matches.filter(opportunity__submission_deadline__gt=at)
    return list(read_late(dated.order_by("opportunity__submission_deadline", "pk")[:count]))


def stage_group() -> Case:
    whens = [
        When(opportunity__stage__in=stages, then=Value(group.value)) for group, stages in _STAGES_OF.items()
    ]
    return Case(*whens, default=Value(StageGroup.OTHER.value), output_field=CharField())


def value_band() -> Coalesce:
    """As Explore counts it; what isn't indexed yet has none that is known."""
    return Coalesce("opportunity__search_entry__value_band", Value(ValueBand.UNSTATED.value))


def closing(at: datetime) -> Case:
    deadline = "opportunity__submission_deadline"
    return Case(
        When(**{f"{deadline}__lte": at + CLOSING_WITHIN}, then=Value(Closing.SOON.value)),
        When(**{f"{deadline}__lte": at + CLOSING_LATER}, then=Value(Closing.LATER.value)),
        When(**{f"{deadline}__isnull": False}, then=Value(Closing.MUCH_LATER.value)),
        default=Value(Closing.UNSTATED.value),
        output_field=CharField(),
    )


def says(text: str) -> Q:
    """Whether words, buyer, city or number are what was searched for."""
    words = SearchQuery(text, search_type="websearch", config="english")
    return (
        Q(opportunity__search_vector=words)
        | Q(opportunity__buyer_name__icontains=text)
        | Q(opportunity__city__icontains=text)
        | Q(opportunity__process_id__icontains=text)
    )


def mark_on(mark: Mark, reader: Reader, *, at: datetime) -> Combinable:
    return ExpressionWrapper(_bears(mark, reader, at=at), output_field=BooleanField())


def _bears(mark: Mark, reader: Reader, *, at: datetime) -> Q:
    match mark:
        case Mark.CHANGED:
            return Q(opportunity__in=changed_for(reader.person))
        case Mark.FOLLOWED if reader.is_guest:
            return Q(pk__in=[])
        case Mark.FOLLOWED:
            return Q(opportunity__in=followed_by(reader.company))
        case Mark.NEW:
            return Q(first_matched_at__gte=at - NEW_FOR)

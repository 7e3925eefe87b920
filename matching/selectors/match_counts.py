"""How many matches there are of each kind: all the numbers around the list from one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce

from matching.models import Match
from matching.selectors.match_list import (
    NEW_FOR,
    Closing,
    Mark,
    MatchFilter,
    StageGroup,
    closing,
    mark_on,
    says,
    stage_group,
    value_band,
)
from matching.selectors.reader import Reader
from opportunities.selectors import changes_since


class Facet(StrEnum):
    STAGE = "stage"
    DOMAIN = "domain"
    STATE = "state"
    VALUE = "value"
    CLOSING = "closing"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class MatchFigures:
    """The row of numbers above a list."""

    total: int
    new: int  # in NEW_FOR
    closing: int  # in CLOSING_WITHIN
    early: int
    changed: int  # in NEW_FOR


@dataclass(frozen=True, slots=True)
class MatchCounts:
    figures: MatchFigures  # of the whole list
    found: int  # under all that is chosen
    of: Mapping[Facet, Mapping[str, int]]  # of each value, under what is chosen of the other facets


@dataclass(frozen=True, slots=True)
class _Group:
    """Matches that are alike in all that is counted."""

    values: Mapping[Facet, Collection[str]]
    says_it: bool
    changed_lately: bool
    count: int


def match_counts(matches: QuerySet[Match], wish: MatchFilter, *, reader: Reader, at: datetime) -> MatchCounts:
    """Count the matches in groups that are alike, in one query, and add the groups up."""
    groups = [_group(row) for row in _rows(matches, wish, reader, at=at)]
    chosen = _chosen(wish)
    said = [group for group in groups if group.says_it]
    of = {facet: _tally(facet, said, chosen) for facet in Facet}
    found = sum(group.count for group in said if all(_stays(group, facet, chosen) for facet in Facet))
    return MatchCounts(_figures(groups), found, of)


def _rows(
    matches: QuerySet[Match], wish: MatchFilter, reader: Reader, *, at: datetime
) -> Iterable[dict[str, Any]]:
    lately = changes_since(at - NEW_FOR).filter(opportunity=OuterRef("opportunity"))
    said = ExpressionWrapper(says(wish.text), BooleanField()) if wish.text else Value(value=True)
    no_domains = Value([], ArrayField(CharField()))
    alike = {
        "told_stage": stage_group(),
        "told_state": F("opportunity__state"),
        "told_domains": Coalesce("opportunity__search_entry__domains", no_domains),
        "told_value": value_band(),
        "told_closing": closing(at),
        "says_it": said,
        "changed_lately": Exists(lately),
        **{mark.value: mark_on(mark, reader, at=at) for mark in Mark},
    }
    grouped = matches.order_by().annotate(**alike).values(*alike).annotate(count=Count("*"))
    yield from grouped


def _group(row: Mapping[str, Any]) -> _Group:
    values: dict[Facet, Collection[str]] = {
        Facet.STAGE: (row["told_stage"],),
        Facet.STATE: (row["told_state"],),
        Facet.DOMAIN: row["told_domains"],
        Facet.VALUE: (row["told_value"],),
        Facet.CLOSING: (row["told_closing"],),
        Facet.MARK: [mark.value for mark in Mark if row[mark.value]],
    }
    return _Group(values, row["says_it"], row["changed_lately"], row["count"])


def _chosen(wish: MatchFilter) -> Mapping[Facet, Collection[str]]:
    return {
        Facet.STAGE: wish.stages,
        Facet.DOMAIN: wish.domains,
        Facet.STATE: {wish.state} if wish.state else (),
        Facet.VALUE: wish.values,
        Facet.CLOSING: wish.closings,
        Facet.MARK: wish.marks,
    }


def _stays(group: _Group, facet: Facet, chosen: Mapping[Facet, Collection[str]]) -> bool:
    """Of a facet's values one is enough; marks, which go together, all have to be borne."""
    wanted = chosen[facet]
    has = all if facet is Facet.MARK else any
    return not wanted or has(value in group.values[facet] for value in wanted)


def _tally(
    facet: Facet, groups: Iterable[_Group], chosen: Mapping[Facet, Collection[str]]
) -> Mapping[str, int]:
    # A second mark narrows further, so that its count has to heed the first.
    others = [other for other in Facet if other is not facet or facet is Facet.MARK]
    counted: Counter[str] = Counter()
    for group in groups:
        if all(_stays(group, other, chosen) for other in others):
            for value in group.values[facet]:
                counted[value] += group.count
    return counted


def _figures(groups: Iterable[_Group]) -> MatchFigures:
    counted: Counter[str] = Counter()
    for group in groups:
        told = {
            "total": True,
            "new": Mark.NEW in group.values[Facet.MARK],
            "closing": Closing.SOON in group.values[Facet.CLOSING],
            "early": StageGroup.EARLY in group.values[Facet.STAGE],
            "changed": group.changed_lately,
        }
        counted.update({name: group.count for name, is_so in told.items() if is_so})
    return MatchFigures(**{name: counted[name] for name in ("total", "new", "closing", "early", "changed")})

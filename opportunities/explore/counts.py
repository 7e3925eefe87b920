"""How many there are of each value of each facet, and what loosening one would give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.expressions import Combinable

from opportunities.explore.conditions import facet_condition, open_condition
from opportunities.explore.results import Asked, found_opportunities, searched_opportunities
from opportunities.searching.definition import WITHIN_DAYS, Facet, Order
from opportunities.searching.terms import Term

# Each as a text; "" where it isn't stated.
_AS_TEXT = {
    Facet.STAGE: "stage",
    Facet.STATE: "state",
    Facet.CITY: "city",
    Facet.BUYER: "buyer",
    Facet.VALUE: "value_band",
    Facet.SCHEME: "scheme",
    Facet.SOURCE: "source",
    Facet.JOINT_VENTURE: (
        "CASE is_joint_venture_allowed WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unstated' END"
    ),
    Facet.GLOBAL_TENDER: "CASE WHEN is_global_tender THEN 'yes' ELSE 'no' END",
}
_READ = (
    "stage",
    "state",
    "city",
    "buyer",
    "value_band",
    "scheme",
    "source",
    "is_joint_venture_allowed",
    "is_global_tender",
    "domains",
    "submission_deadline",
    "published_at",
    "value_inr",
)


# As results.ids_in_order has them
_SOONEST = "submission_deadline ASC NULLS LAST, id ASC"
_SOONEST_WITH_CLOSED = (
    "NOT is_open, CASE WHEN is_open THEN submission_deadline END ASC NULLS LAST,"
    " submission_deadline DESC NULLS LAST, id ASC"
)
_ORDERS = {Order.NEWEST: "published_at DESC, id DESC, ", Order.VALUE: "value_inr DESC NULLS LAST, "}


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """What a search finds, and for each facet how many there are of each value under the other facets."""

    total: int
    of: Mapping[Facet, Mapping[str, int]]
    without: Mapping[Facet, int]  # how many there would be without what is chosen of a facet
    first: tuple[int, ...] = ()  # the keys of what stands first, by the order of the search without its words


@dataclass(frozen=True, slots=True)
class Loosened:
    """What leaving something out of a search would give."""

    facet: Facet | None = None
    term: Term | None = None
    with_closed: bool = False
    count: int = 0


def facet_counts(asked: Asked, *, first: int = 0) -> FacetCounts:
    """All counts, and the first so many of what is found, in one query.

    What words and door leave is read once: that is what takes the time.
    """
    chosen = asked.search.narrowed_by
    hits, params = _hits(asked, chosen)
    all_chosen = _where(chosen)
    free = [facet for facet in _AS_TEXT if facet not in chosen]
    branches = [f"SELECT '', '', count(*) FROM hits{all_chosen}"]
    if free:
        branches.append(_grouped(free, where=all_chosen))
    for facet in chosen:
        others = _where(other for other in chosen if other is not facet)
        branches.append(f"SELECT 'without', '{facet.value}', count(*) FROM hits{others}")
        if facet in _AS_TEXT:
            branches.append(_grouped([facet], where=others))
    but_domain = _where(other for other in chosen if other is not Facet.DOMAIN)
    but_within = _where(other for other in chosen if other is not Facet.WITHIN)
    branches.append(
        f"SELECT 'domain', domain, count(*) FROM hits, unnest(domains) AS domain{but_domain} GROUP BY domain"
    )
    branches.append(
        "SELECT 'within', days, count(*) FROM hits JOIN unnest(%s, %s) AS ahead(days, until)"
        f" ON submission_deadline > %s AND submission_deadline <= until{but_within} GROUP BY days"
    )
    untils = [asked.at + timedelta(days=int(days)) for days in WITHIN_DAYS]
    if first:
        branches.append(_first(asked, first, where=all_chosen))
    statement = f"WITH hits AS MATERIALIZED ({hits}) " + " UNION ALL ".join(branches)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, list(WITHIN_DAYS), untils, asked.at])
        return _read(cursor.fetchall())


def loosened(asked: Asked, counts: FacetCounts) -> list[Loosened]:
    """What would be found without one part of the search, the most first: for when nothing is.

    One query for what is closed as well, and one for each word where there are several.
    """
    found = [Loosened(facet=facet, count=count) for facet, count in counts.without.items()]
    if len(asked.terms) > 1 or counts.without:
        found += [
            Loosened(term=term, count=_count(replace(asked, terms=tuple(rest))))
            for term in asked.terms
            if (rest := [other for other in asked.terms if other is not term]) or asked.search.narrowed_by
        ]
    if not asked.search.with_closed:
        closed_too = replace(asked, search=replace(asked.search, with_closed=True))
        found.append(Loosened(with_closed=True, count=_count(closed_too)))
    return sorted((way for way in found if way.count), key=lambda way: -way.count)


def _count(asked: Asked) -> int:
    return found_opportunities(asked).count()


def _hits(asked: Asked, chosen: Sequence[Facet]) -> tuple[str, tuple[Any, ...]]:
    """What words and door leave, with a column for each chosen facet that says whether it would stay."""
    rows = searched_opportunities(asked, apart_from=list(Facet))
    if len(chosen) > 1:
        # What fails two facets is counted nowhere.
        rows = rows.filter(reduce(or_, (_all_but(asked, chosen, facet) for facet in chosen)))
    stays = {
        _stays(facet): ExpressionWrapper(
            facet_condition(asked.search, facet, at=asked.at), output_field=BooleanField()
        )
        for facet in chosen
    }
    columns: dict[str, Combinable] = {"id": F("pk"), **{name: F(f"search_entry__{name}") for name in _READ}}
    if asked.search.with_closed:
        columns["is_open"] = ExpressionWrapper(open_condition(at=asked.at), output_field=BooleanField())
    told = rows.order_by().annotate(**{f"told_{name}": told for name, told in columns.items()}, **stays)
    sql, params = told.values_list(*(f"told_{name}" for name in columns), *stays).query.sql_with_params()
    names = ", ".join((*columns, *stays))
    return f"SELECT * FROM ({sql}) AS hit({names})", tuple(params)


def _all_but(asked: Asked, chosen: Sequence[Facet], one: Facet) -> Q:
    others = (facet_condition(asked.search, facet, at=asked.at) for facet in chosen if facet is not one)
    return reduce(and_, others)


def _stays(facet: Facet) -> str:
    return f"stays_{facet.name.lower()}"


def _where(facets: Iterable[Facet]) -> str:
    conditions = " AND ".join(map(_stays, facets))
    return f" WHERE {conditions}" if conditions else ""


def _grouped(facets: Sequence[Facet], *, where: str) -> str:
    """Counts of several facets in one pass."""
    texts = [_AS_TEXT[facet] for facet in facets]
    sets = ", ".join(f"({text})" for text in texts)
    # Of the facets that aren't grouped by in a row all texts are null.
    names = " ".join(
        f"WHEN GROUPING({text}) = 0 THEN '{facet.value}'" for facet, text in zip(facets, texts, strict=True)
    )
    return (
        f"SELECT CASE {names} END, coalesce({', '.join(texts)}), count(*) FROM hits{where}"
        f" GROUP BY GROUPING SETS ({sets})"
    )


def _first(asked: Asked, count: int, *, where: str) -> str:
    """The first so many, each with its place."""
    order = _ORDERS.get(asked.search.order, "")
    soonest = _SOONEST_WITH_CLOSED if asked.search.with_closed else _SOONEST
    found = f"ARRAY(SELECT id FROM hits{where} ORDER BY {order}{soonest} LIMIT {count:d})"
    return f"SELECT 'first', id::text, place FROM unnest({found}) WITH ORDINALITY AS each(id, place)"


def _read(rows: Iterable[tuple[str, str, int]]) -> FacetCounts:
    of: defaultdict[Facet, dict[str, int]] = defaultdict(dict)
    without: dict[Facet, int] = {}
    first: dict[int, int] = {}
    total = 0
    for name, value, count in rows:
        if not name:
            total = count
        elif name == "without":
            without[Facet(value)] = count
        elif name == "first":
            first[count] = int(value)
        elif value and count:
            of[Facet(name)][value] = count
    return FacetCounts(total, of, without, tuple(first[place] for place in sorted(first)))

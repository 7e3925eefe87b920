from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.db.models.expressions import OrderBy

from opportunities.explore.conditions import (
    OF_OPPORTUNITY,
    facet_condition,
    open_condition,
    words_condition,
    words_query,
)
from opportunities.explore.ranked import Ranking, ranked_ids
from opportunities.models import Opportunity, OpportunityQuerySet, SearchEntry, SearchText
from opportunities.models.search_entry import closing_of
from opportunities.searching.definition import Facet, OpportunitySearch, Order
from opportunities.searching.terms import Term
from opportunities.selectors import (
    LINE_FIELDS,
    OpportunityLine,
    line_from,
    lines_of,
    visible_opportunities,
)
from portal.accounts.models import Company
from portal.lib.keyset import after, key_names, keyed

# Of more than these the ones that close first are ranked by words, and the others follow by deadline: to
# rank is to read each text.
MOST_RANKED = 1_000
VOLUME_DAYS = 90


@dataclass(frozen=True, slots=True)
class Asked:
    """A search with its words understood, who asks, and when."""

    search: OpportunitySearch
    terms: tuple[Term, ...]
    to: Company
    at: datetime


def searched_opportunities(asked: Asked, *, apart_from: Collection[Facet] = ()) -> OpportunityQuerySet:
    """What the words and the facets leave of what may be seen; some facets may be left out."""
    visible = visible_opportunities(to=asked.to, at=asked.at).filter(search_entry__isnull=False)
    return visible.filter(words_condition(asked.terms) & _narrowed(asked, apart_from=apart_from))


def narrowed_opportunities(
    rows: OpportunityQuerySet, search: OpportunitySearch, *, at: datetime
) -> OpportunityQuerySet:
    """What the facets of a search leave of rows that came through a door; its words are not asked."""
    conditions = [facet_condition(search, facet, at=at) for facet in search.narrowed_by]
    return rows.filter(reduce(and_, conditions, Q(search_entry__isnull=False)))


def found_opportunities(asked: Asked) -> OpportunityQuerySet:
    """All that the search finds, in no order."""
    return searched_opportunities(asked)


def ids_in_order(asked: Asked, *, start: int = 0, stop: int | None = None) -> list[int]:
    """The keys of what the search finds, from one place of its order up to another."""
    found = found_opportunities(asked)
    query = words_query(asked.terms)
    if asked.search.order is not Order.BEST or query is None:
        return list(found.order_by(*_order(asked)).values_list("pk", flat=True)[start:stop])
    first = ranked_ids(_ranking(asked), query, start=start, stop=stop)
    if stop is not None and stop <= MOST_RANKED:
        return first
    rest = found.order_by(*_by_deadline(asked)).values_list("pk", flat=True)
    return [*first, *rest[max(start, MOST_RANKED) : stop]]


def ids_among(asked: Asked, first: Sequence[int], *, start: int, stop: int) -> list[int]:
    """As ``ids_in_order``, for who knows the first MOST_RANKED already, in their order without words."""
    query = words_query(asked.terms)
    if stop > MOST_RANKED:
        return ids_in_order(asked, start=start, stop=stop)
    if asked.search.order is not Order.BEST or query is None:
        return list(first[start:stop])
    # They came through the door, and in the order that those keep that fit as well as one another.
    texts = SearchText.objects.filter(pk__in=first).annotate(rank=SearchRank(F("vector"), query))
    rank_of = dict(texts.values_list("pk", "rank"))
    return sorted(first, key=lambda pk: -rank_of.get(pk, 0))[start:stop]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of what a search finds, and what to go on after; ``following`` is None after the last."""

    lines: tuple[OpportunityLine, ...]
    following: tuple[Any, ...] | None


def stretch(asked: Asked, *, key: Sequence[Any] | None, count: int) -> Stretch:
    """The next so many, in the order of ``ids_in_order``, after what ``key`` stands for.

    One query; two where they are ranked by words.

    A key is a row's place among the others, so that what is new or gone shifts nothing; only in the order
    of how well words fit it is how many came before. Raises ValueError for a key of another order.
    """
    if asked.search.order is Order.BEST and words_query(asked.terms) is not None:
        return _ranked_stretch(asked, int(key[0]) if key else 0, count)
    order = _order(asked)
    rows = keyed(found_opportunities(asked), order)
    rows = after(rows, order, key) if key else rows
    names = key_names(order)
    found = list(rows.values_list(*LINE_FIELDS, *names)[: count + 1])
    last = found[count - 1][-len(names) :] if len(found) > count else None
    return Stretch(tuple(line_from(row[: -len(names)]) for row in found[:count]), last)


def _ranked_stretch(asked: Asked, start: int, count: int) -> Stretch:
    ids = ids_in_order(asked, start=start, stop=start + count + 1)
    lines = lines_of(ids[:count], to=asked.to, at=asked.at)
    return Stretch(tuple(lines), (start + count,) if len(ids) > count else None)


def opportunities_by_id(opportunity_ids: Sequence[int], *, to: Company, at: datetime) -> list[Opportunity]:
    """These opportunities in this order, as far as they may be seen at that moment."""
    visible = visible_opportunities(to=to, at=at).defer("search_vector")
    rows = visible.in_bulk(list(opportunity_ids))
    return [rows[pk] for pk in opportunity_ids if pk in rows]


def weekly_volume(asked: Asked) -> float:
    """How many a week the search would have found anew, by what was first published in VOLUME_DAYS.

    Those that have closed since count as well, and what the deadline says doesn't: all were new once.
    """
    search = replace(asked.search.having(Facet.WITHIN, ()), with_closed=True)
    since = asked.at - timedelta(days=VOLUME_DAYS)
    found = found_opportunities(replace(asked, search=search))
    return found.filter(search_entry__published_at__gt=since).count() * 7 / VOLUME_DAYS


def _narrowed(asked: Asked, *, apart_from: Collection[Facet] = (), entry: str = OF_OPPORTUNITY) -> Q:
    """What the facets leave, but for some of them."""
    search = asked.search
    conditions = (
        facet_condition(search, facet, at=asked.at, entry=entry)
        for facet in search.narrowed_by
        if facet not in apart_from
    )
    begun_with = Q() if search.with_closed else open_condition(at=asked.at, entry=entry)
    return reduce(and_, conditions, begun_with)


def _ranking(asked: Asked) -> Ranking:
    """The first MOST_RANKED by deadline of what the search finds."""
    return Ranking(
        entries=SearchEntry.objects.filter(_narrowed(asked, entry="")),
        order=_by_deadline(asked, entry=""),
        seen=visible_opportunities(to=asked.to, at=asked.at),
        most=MOST_RANKED,
    )


def _order(asked: Asked) -> list[OrderBy]:
    if asked.search.order is Order.NEWEST:
        return [F("search_entry__published_at").desc(), F("pk").desc()]
    if asked.search.order is Order.VALUE:
        return [F("search_entry__value_inr").desc(nulls_last=True), *_by_deadline(asked)]
    return _by_deadline(asked)


def _by_deadline(asked: Asked, *, entry: str = OF_OPPORTUNITY) -> list[OrderBy]:
    """The next to close first, then what has no deadline, and last what is over, the latest first."""
    last = F(f"{entry}opportunity").asc()
    if not asked.search.with_closed:
        return [closing_of(entry).asc(), last]
    deadline = F(f"{entry}submission_deadline")
    is_open = open_condition(at=asked.at, entry=entry)
    return [
        Case(When(is_open, then=Value(0)), default=Value(1)).asc(),
        Case(When(is_open, then=deadline), output_field=DateTimeField()).asc(nulls_last=True),
        deadline.desc(nulls_last=True),
        last,
    ]

"""What words find, by how well they fit. Each step reads only what the one before leaves of all there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy

from opportunities.models import OpportunityQuerySet, SearchEntry, SearchText
from portal.lib.keyset import key_names, keyed

# OFFSET 0 has the database put the entries in order before it asks at the door: it asks of no more of them
# than are ranked, not of all that the words find. And of their texts no more are read.
_RANKED = """
SELECT near.id
FROM (
    SELECT entry.id, {keys}
    FROM ({entries} OFFSET 0) AS entry(id, {keys})
    JOIN ({seen}) AS seen(id) ON seen.id = entry.id
    ORDER BY {order}
    LIMIT %s
) AS near
JOIN ({texts}) AS fits(id, rank) ON fits.id = near.id
ORDER BY rank DESC, {order}
LIMIT %s OFFSET %s
"""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is to be ranked: the first so many of these entries that stand at the door."""

    entries: QuerySet[SearchEntry]
    order: Sequence[OrderBy]  # of entries: which are the first, and which of two comes first that fit alike
    seen: OpportunityQuerySet  # what came through the door
    most: int


def ranked_ids(ranking: Ranking, query: SearchQuery, *, start: int, stop: int | None) -> list[int]:
    """Keys in the order of how well the words fit, from one place of it up to another. One query."""
    saying = SearchText.objects.filter(vector=query).values("pk")
    found = keyed(ranking.entries.filter(opportunity__in=saying), ranking.order)
    names = key_names(ranking.order)
    fits = SearchText.objects.annotate(rank=SearchRank(F("vector"), query)).values_list("pk", "rank")
    try:
        entries, entries_params = found.values_list("pk", *names).query.sql_with_params()
        seen, seen_params = ranking.seen.order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:  # for a company that may see nothing the door asks nothing
        return []
    texts, texts_params = fits.query.sql_with_params()
    order = ", ".join(map(_said, names, ranking.order))
    statement = _RANKED.format(entries=entries, seen=seen, texts=texts, keys=", ".join(names), order=order)
    count = None if stop is None else max(0, stop - start)
    params = (*entries_params, *seen_params, ranking.most, *texts_params, count, start)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [pk for (pk,) in cursor.fetchall()]


def _said(name: str, order: OrderBy) -> str:
    return f"{name} {'DESC' if order.descending else 'ASC'}{' NULLS LAST' if order.nulls_last else ''}"

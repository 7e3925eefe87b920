from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from opportunities.models import OpportunityQuerySet


def likely_for(words: Sequence[str], *, among: OpportunityQuerySet, most: int) -> OpportunityQuerySet:
    """Those that share a word with a profile, by full text, the likeliest first; none without words."""
    if not words:
        return among.none()
    # Quoted, for a word may hold what the query language reads as an operator.
    query = SearchQuery(
        " | ".join("'" + word.replace("'", " ").replace("\\", " ") + "'" for word in words),
        search_type="raw",
        config="english",
    )
    return (
        among.filter(search_vector=query)
        .annotate(rank=SearchRank(F("search_vector"), query, normalization=1))
        .order_by("-rank", "pk")[:most]
    )

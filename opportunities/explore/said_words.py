"""Which words what may be seen says, and which of them are nearly what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company

_MOST_LIKELY = 8
# Of trigrams: farther away no word is nearly the other, see matching.scoring.search_words. To ask at the door
# for each takes longer than to find them.
FARTHEST = 0.95

_STANDING = """
SELECT asked.word, numnode(asked.query) = 0,
    EXISTS (SELECT FROM ({seen}) AS seen(vector) WHERE vector @@ asked.query)
FROM (SELECT word, phraseto_tsquery('english', word) AS query FROM unnest(%s::text[]) AS word) AS asked
"""
# Asked at the door word by word, so that not even a word of what is hidden takes another's place.
_LIKELY = """
SELECT typed, near.word
FROM unnest(%s::text[]) AS typed
CROSS JOIN LATERAL (
    SELECT known.word
    FROM opportunities_searchword AS known
    WHERE abs(length(known.word) - length(typed)) <= 3 AND known.word <-> typed < %s
        AND EXISTS (
            SELECT FROM ({seen}) AS seen(vector) WHERE vector @@ phraseto_tsquery('english', known.word)
        )
    ORDER BY known.word <-> typed
    LIMIT %s
) AS near
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a word."""

    is_common: bool  # too common to be searched for: "the"
    is_said: bool  # by something that may be seen


def standing_of(words: Sequence[str], *, to: Company, at: datetime) -> Mapping[str, Standing]:
    """How each word stands, in one query; none for no words."""
    if not words:
        return {}
    seen, params = _seen(to=to, at=at)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING.format(seen=seen), [*params, list(words)])
        return {word: Standing(is_common, is_said) for word, is_common, is_said in cursor.fetchall()}


def likely_words(typed: Sequence[str], *, to: Company, at: datetime) -> Mapping[str, tuple[str, ...]]:
    """For each word the most alike that something says which may be seen; at most _MOST_LIKELY. One query."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(typed, ())
    if typed:
        seen, params = _seen(to=to, at=at)
        with connection.cursor() as cursor:
            cursor.execute(_LIKELY.format(seen=seen), [list(typed), FARTHEST, *params, _MOST_LIKELY])
            for word, near in cursor.fetchall():
                found[word] = (*found[word], near)
    return found


def _seen(*, to: Company, at: datetime) -> tuple[str, tuple[Any, ...]]:
    """The texts of all that may be seen."""
    seen = visible_opportunities(to=to, at=at).values_list("search_text__vector")
    sql, params = seen.filter(search_text__isnull=False).query.sql_with_params()
    return sql, params

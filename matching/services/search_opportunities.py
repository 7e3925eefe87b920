"""A search put together: its words read by the vocabulary in force, its opportunities found at the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from matching.models import Match
from matching.scoring.search_words import (
    Token,
    corrected,
    tokens_of,
    understood,
    words_to_look_up,
)
from matching.services.vocabulary import with_current_vocabulary
from opportunities.explore import (
    Asked,
    ids_among,
    likely_words,
    opportunities_by_id,
    standing_of,
)
from opportunities.models import Opportunity
from opportunities.searching.definition import OpportunitySearch
from opportunities.searching.terms import Reading, Term
from portal.accounts.models import Company


def ask(search: OpportunitySearch, *, to: Company, at: datetime, language: str) -> Asked:
    """The search with its words understood, for everything that shows, counts or sends what it finds.

    ``language`` is the one its author reads: words that are Swedish as well as English go by it. Words are
    held against what ``to`` may see and nothing else. Without words nothing is asked, else at most three
    queries.
    """
    tokens = tokens_of(search.words)
    if not tokens:
        return Asked(search, (), to, at)
    terms = _understood(tokens, search, to=to, at=at, prefers_swedish=language.startswith("sv"))
    return Asked(search, terms, to, at)


@dataclass(frozen=True, slots=True)
class FoundOpportunity:
    """One line of what a search finds."""

    opportunity: Opportunity
    score: int | None  # of the profile that it fits best, of whoever asks; None where it fits none


def found_between(asked: Asked, first: Sequence[int], *, start: int, stop: int) -> list[FoundOpportunity]:
    """A stretch of what a search finds, in its order, of which the first are known. Three queries."""
    ids = ids_among(asked, first, start=start, stop=stop)
    matches = Match.objects.filter(profile__company=asked.to, profile__retired_at=None, opportunity__in=ids)
    scores = dict(matches.order_by().values_list("opportunity").annotate(Max("score")))
    rows = opportunities_by_id(ids, to=asked.to, at=asked.at)
    return [FoundOpportunity(row, scores.get(row.pk)) for row in rows]


@with_current_vocabulary
def _understood(
    tokens: tuple[Token, ...],
    search: OpportunitySearch,
    *,
    to: Company,
    at: datetime,
    prefers_swedish: bool,
) -> tuple[Term, ...]:
    standing = standing_of(words_to_look_up(tokens), to=to, at=at)
    terms = understood(
        tokens,
        common={word for word, stands in standing.items() if stands.is_common},
        said={word for word, stands in standing.items() if stands.is_said},
        prefers_swedish=prefers_swedish,
    )
    missing = [term.written.casefold() for term in terms if term.reading is Reading.MISSING]
    if search.as_written or not missing:
        return terms
    likely = likely_words(missing, to=to, at=at)
    return tuple(
        corrected(term, likely.get(term.written.casefold(), ()), prefers_swedish=prefers_swedish)
        if term.reading is Reading.MISSING
        else term
        for term in terms
    )

"""Each part of a search as a condition on what an opportunity is found by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from opportunities.models import ENDED_STAGES
from opportunities.models.search_entry import closing_of
from opportunities.searching.definition import Answer, Facet, OpportunitySearch
from opportunities.searching.terms import Term

OF_OPPORTUNITY = "search_entry__"  # the path from an opportunity to its entry; from the entry itself it is ""
_COLUMNS = {
    Facet.STAGE: "stage",
    Facet.STATE: "state",
    Facet.CITY: "city",
    Facet.BUYER: "buyer",
    Facet.VALUE: "value_band",
    Facet.SCHEME: "scheme",
    Facet.SOURCE: "source",
}
_ANSWERS = {Answer.YES: True, Answer.NO: False, Answer.UNSTATED: None}


def facet_condition(
    search: OpportunitySearch, facet: Facet, *, at: datetime, entry: str = OF_OPPORTUNITY
) -> Q:
    """What is chosen of one facet; everything where nothing is. ``entry`` is the path to what is asked."""
    values = search.chosen(facet)
    if not values:
        return Q()
    if facet is Facet.DOMAIN:
        return Q((f"{entry}domains__overlap", list(values)))
    if facet is Facet.WITHIN:
        until = at + timedelta(days=int(values[0]))
        return Q(GreaterThan(closing_of(entry), at)) & Q(LessThanOrEqual(closing_of(entry), until))
    if facet is Facet.JOINT_VENTURE:
        answers = (_ANSWERS[Answer(value)] for value in values)
        return reduce(or_, (Q((f"{entry}is_joint_venture_allowed", answer)) for answer in answers))
    if facet is Facet.GLOBAL_TENDER:
        return Q((f"{entry}is_global_tender__in", [value == Answer.YES for value in values]))
    return Q((f"{entry}{_COLUMNS[facet]}__in", values))


def open_condition(*, at: datetime, entry: str = OF_OPPORTUNITY) -> Q:
    """As ``OpportunityQuerySet.open_at`` has it, of entries."""
    return Q(GreaterThan(closing_of(entry), at)) & ~Q((f"{entry}stage__in", ENDED_STAGES))


def words_condition(terms: Iterable[Term]) -> Q:
    query = words_query(terms)
    return Q() if query is None else Q(search_text__vector=query)


class WordsQuery(SearchQuery):
    """All terms together, written out at once: a Swedish word has thirty phrases, and an expression of each
    would take longer to put together than the database takes to find what says them.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__("")
        self._params = [text for term in terms for phrases in term.choices for text in phrases]
        self._sql = f"({' && '.join(map(_term, terms))})"

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, list[str]]:  # type: ignore[override]  # lookups add lists
        return self._sql, [*self._params]


def words_query(terms: Iterable[Term]) -> SearchQuery | None:
    """All terms together; None where there are none."""
    told = tuple(terms)
    return WordsQuery(told) if told else None


def _term(term: Term) -> str:
    choices = " || ".join(f"({' && '.join(_PHRASE for _ in phrases)})" for phrases in term.choices)
    return f"!!({choices})" if term.is_excluded else f"({choices})"


# A phrase is given as a value, so that no sign in it means anything to the database.
_PHRASE = "phraseto_tsquery('english'::regconfig, %s)"

"""Each part of a search as a condition on what an opportunity is found by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from opportunities.models import ENDED_STAGES
from opportunities.models.search_entry import closing_of
from opportunities.searching.definition import Answer, Facet, OpportunitySearch
from opportunities.searching.terms import Phrases, Term

_ENTRY = "search_entry__"
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


def facet_condition(search: OpportunitySearch, facet: Facet, *, at: datetime) -> Q:
    """What is chosen of one facet; everything where nothing is."""
    values = search.chosen(facet)
    if not values:
        return Q()
    if facet is Facet.DOMAIN:
        return Q(search_entry__domains__overlap=list(values))
    if facet is Facet.WITHIN:
        until = at + timedelta(days=int(values[0]))
        return Q(GreaterThan(closing_of(_ENTRY), at)) & Q(LessThanOrEqual(closing_of(_ENTRY), until))
    if facet is Facet.JOINT_VENTURE:
        return reduce(or_, (_joint_venture(_ANSWERS[Answer(value)]) for value in values))
    if facet is Facet.GLOBAL_TENDER:
        return Q(search_entry__is_global_tender__in=[value == Answer.YES for value in values])
    return Q(**{f"search_entry__{_COLUMNS[facet]}__in": values})


def open_condition(*, at: datetime) -> Q:
    """As ``OpportunityQuerySet.open_at`` has it, of entries."""
    return Q(GreaterThan(closing_of(_ENTRY), at)) & ~Q(search_entry__stage__in=ENDED_STAGES)


def words_condition(terms: Iterable[Term]) -> Q:
    query = words_query(terms)
    return Q() if query is None else Q(search_text__vector=query)


def words_query(terms: Iterable[Term]) -> SearchQuery | None:
    """All terms together; None where there are none."""
    queries = [_term_query(term) for term in terms]
    return reduce(and_, queries) if queries else None


def _joint_venture(*answers: bool | None) -> Q:
    (answer,) = answers
    if answer is None:
        return Q(search_entry__is_joint_venture_allowed=None)
    return Q(search_entry__is_joint_venture_allowed=answer)


def _term_query(term: Term) -> SearchQuery:
    query = reduce(or_, (_all_of(phrases) for phrases in term.choices))
    return ~query if term.is_excluded else query


def _all_of(phrases: Phrases | Sequence[str]) -> SearchQuery:
    # A phrase is given as a value, so that no sign in it means anything to the database.
    return reduce(and_, (SearchQuery(text, search_type="phrase", config="english") for text in phrases))

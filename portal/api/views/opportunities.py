from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response

from matching.scoring.engine import DOMAINS
from matching.services import ask
from opportunities.explore import Asked, facet_counts, stretch
from opportunities.searching.address import known_values, search_from_query
from opportunities.searching.definition import Facet, Order
from opportunities.selectors import survivor_of, visible_opportunities
from portal.api.answers import moved_to
from portal.api.describing import described
from portal.api.parameters import Parameter
from portal.api.problems import Mistake, bad_parameters, not_found
from portal.api.records.for_everybody import lines_for_everybody
from portal.api.records.opportunity import opportunity_record
from portal.api.serializers.opportunities import (
    FacetsSerializer,
    OpportunityLineSerializer,
    OpportunitySerializer,
    page_of,
)
from portal.api.view import ApiView

_ABOUT = {
    Facet.STAGE: "How far it has come",
    Facet.DOMAIN: "Field of work",
    Facet.STATE: "ISO 3166-2 without IN-; ZZ for none",
    Facet.CITY: "One of the hundred, by name",
    Facet.BUYER: "By name, as it is told of",
    Facet.VALUE: "Crore of rupees, from the first figure up to the second",
    Facet.WITHIN: "Days in which bids close",
    Facet.SCHEME: "Programme",
    Facet.SOURCE: "Who numbers the process",
    Facet.JOINT_VENTURE: "Whether bidding together is allowed",
    Facet.GLOBAL_TENDER: "Whether it calls itself a global tender",
}


def _facet_parameter(facet: Facet) -> Parameter:
    choices = tuple(sorted(DOMAINS)) if facet is Facet.DOMAIN else known_values(facet)
    return Parameter(facet.value, _ABOUT[facet], choices=choices, is_many=facet is not Facet.WITHIN)


SEARCH = (
    Parameter("q", "Words, in English or Swedish; “-word” leaves out"),
    *map(_facet_parameter, Facet),
    Parameter("closed", "Also those that are over", choices=("yes",)),
    Parameter("exactly", "Words are not corrected", choices=("yes",)),
)
ORDER = Parameter(
    "sort", "`best`: by how well the words fit, without words by deadline", choices=tuple(Order)
)


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class CountedFacet:
    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    total: int
    facets: tuple[CountedFacet, ...]


class _Searching(ApiView):
    """Whatever searches as Explore does, with its parameters."""

    parameters = SEARCH

    def asked(self) -> Asked:
        read = search_from_query(dict(self.request.GET.lists()), domains=frozenset(DOMAINS))
        if read.mistakes:
            raise bad_parameters(Mistake(one.name, one.given) for one in read.mistakes)
        return ask(read.search, to=self.caller.reader, at=self.now, language=get_language() or "en")


class OpportunityList(_Searching):
    parameters = (*SEARCH, ORDER)
    serializer_class = OpportunityLineSerializer
    is_list = True

    @described(
        "Search opportunities, as Explore does",
        answer=page_of(OpportunityLineSerializer),
        tag="opportunities",
    )
    def get(self, request: Request) -> Response:
        page, asked = self.page(), self.asked()
        found = stretch(asked, key=page.after, count=page.limit)
        lines = found.lines if self.caller.company else lines_for_everybody(found.lines)
        return self.told_page(lines, page, found.following)


class OpportunityFacets(_Searching):
    serializer_class = FacetsSerializer

    @described(
        "Count what a search finds by each of its facets", answer=FacetsSerializer, tag="opportunities"
    )
    def get(self, request: Request) -> Response:
        counts = facet_counts(self.asked())
        facets = tuple(CountedFacet(facet.value, _values(counts.of.get(facet, {}))) for facet in Facet)
        return self.told(Facets(counts.total, facets))


class OpportunityDetail(ApiView):
    serializer_class = OpportunitySerializer

    @described(
        "One opportunity, with where each fact was read, what has changed, and what it asks for",
        answer=OpportunitySerializer,
        tag="opportunities",
        problems={404: "None that you may know of"},
        others={308: "It is read as a part of another, at Location"},
    )
    def get(self, request: Request, opportunity_id: int) -> HttpResponse:
        record = opportunity_record(opportunity_id, caller=self.caller, at=self.now)
        if record is not None:
            return self.told(record)
        survivor = survivor_of(opportunity_id)
        door = visible_opportunities(to=self.caller.reader, at=self.now)
        if survivor is None or not door.filter(pk=survivor).exists():
            raise not_found()
        return moved_to(reverse("api:opportunity", args=[survivor]))


def _values(counts: Any) -> tuple[FacetValue, ...]:
    """The most first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetValue(value, count) for value, count in ordered)

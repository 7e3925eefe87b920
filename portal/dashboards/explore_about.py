"""Where more is told of the buyers and cities that a search is narrowed by."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from opportunities.buyers.known import slug_of
from opportunities.explore import Asked
from opportunities.places import CITIES
from opportunities.searching.definition import Facet
from opportunities.selectors import buyers_by_name

_SLUGS = {city.name: slug_of(city) for city in CITIES}


@dataclass(frozen=True, slots=True)
class PageAbout:
    name: str
    address: str


def pages_about(asked: Asked) -> list[PageAbout]:
    """Of what is chosen, cities first. One query where a buyer is chosen, else none."""
    chosen = asked.search.chosen
    pages = [
        PageAbout(city, reverse("dashboards:city", args=[_SLUGS[city]]))
        for city in chosen(Facet.CITY)
        if city in _SLUGS
    ]
    if names := chosen(Facet.BUYER):
        known = buyers_by_name(names, to=asked.to, at=asked.at)
        buyers = {buyer.pk: buyer for buyer in known.values()}
        pages += [PageAbout(one.name, reverse("dashboards:buyer", args=[one.pk])) for one in buyers.values()]
    return pages

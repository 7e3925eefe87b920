"""Everything that is disclosed, to be searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from matching.scoring.words import singular
from matching.services import FoundOpportunity, ask, found_between
from matching.views.tables import OPPORTUNITIES
from opportunities.explore import (
    MOST_RANKED,
    Asked,
    FacetCounts,
    Loosened,
    facet_counts,
    loosened,
)
from opportunities.places.tile_map import counted_tiles
from opportunities.searching.address import ReadSearch, query_of, search_from_query
from opportunities.searching.definition import Facet, Order, View
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required
from portal.dashboards.explore_about import pages_about
from portal.dashboards.explore_export import found_by
from portal.dashboards.explore_facets import (
    TITLES,
    chosen_values,
    known_domains,
    mistake_name,
    shown_facets,
)
from portal.ui.downloads import Kind, asked_kind, download

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class WayOut:
    """A part of the search to leave out, what it would give, and where."""

    name: str
    way: Loosened
    query: str


def read_request(request: CompanyRequest) -> ReadSearch:
    """What the address asks for."""
    return search_from_query(dict(request.GET.lists()), domains=known_domains())


@require_GET
@company_required
def export(request: CompanyRequest, kind: str) -> HttpResponseBase:
    """What the page offers to download, at an address of its own."""
    search = read_request(request).search
    asked = ask(search, to=request.company, at=timezone.now(), language=get_language() or "en")
    return download(Kind(kind), OPPORTUNITIES, found_by(asked))


@require_GET
@company_required
@vary_on_headers("HX-Request")
def explore(request: CompanyRequest) -> HttpResponseBase:
    read = read_request(request)
    asked = ask(read.search, to=request.company, at=timezone.now(), language=get_language() or "en")
    if kind := asked_kind(request):
        return download(kind, OPPORTUNITIES, found_by(asked))
    counts = facet_counts(asked, first=MOST_RANKED)
    page = Paginator(range(counts.total), PER_PAGE).get_page(request.GET.get("page"))
    query = query_of(read.search)
    context = {
        "section": "explore",
        "now": asked.at,
        "search": read.search,
        "query": query,
        "terms": asked.terms,
        "mistakes": [(mistake_name(mistake.name), mistake) for mistake in read.mistakes],
        "facets": shown_facets(read.search, counts),
        "chosen": chosen_values(read.search),
        "page": page,
        "total": counts.total,
        "found": _found(asked, counts.first, page),
        "views": [(view, query_of(replace(read.search, view=view))) for view in View],
        "orders": tuple(Order),
        "marked": _marked(asked),
        "ways_out": [] if counts.total else _ways_out(asked, counts),
        "about": pages_about(asked),
        **_map(asked, counts),
    }
    if not request.htmx:
        return render(request, "portal/explore.html", context)
    response = render(request, "portal/_explore.html", context)
    number = f"page={page.number}" if page.number > 1 else ""
    # Without all the empty fields of the form, so that it can be kept and sent to others.
    response["HX-Push-Url"] = "?".join(
        filter(None, (reverse("dashboards:explore"), "&".join(filter(None, (query, number)))))
    )
    return response


def _found(asked: Asked, first: Sequence[int], page: Page[int]) -> list[FoundOpportunity]:
    if not page.paginator.count:
        return []
    start = page.start_index() - 1
    return found_between(asked, first, start=start, stop=start + PER_PAGE)


def _map(asked: Asked, counts: FacetCounts) -> dict[str, object]:
    if asked.search.view is not View.MAP:
        return {}
    states = counts.of.get(Facet.STATE, {})
    return {
        "tiles": counted_tiles(states, chosen=next(iter(asked.search.state), "")),
        "states": sorted(states.items(), key=lambda pair: (-pair[1], pair[0])),
    }


def _marked(asked: Asked) -> list[str]:
    """The words to show marked in titles."""
    return [
        text
        for term in asked.terms
        if not term.is_excluded
        for phrase in (term.written, *(phrase for choice in term.choices for phrase in choice))
        for text in _forms(phrase)
    ]


def _forms(phrase: str) -> set[str]:
    """A phrase as it may stand in a text: one or many of what it ends with."""
    return {phrase, singular(phrase), f"{singular(phrase)}s", phrase.removesuffix("ing")}


def _ways_out(asked: Asked, counts: FacetCounts) -> list[WayOut]:
    ways = []
    for way in loosened(asked, counts):
        search, name = asked.search, ""
        if way.facet is not None:
            search, name = search.having(way.facet, ()), str(TITLES[way.facet])
        elif way.term is not None:
            search, name = replace(search, words=_without(search.words, way.term.written)), way.term.written
        elif way.with_closed:
            search = replace(search, with_closed=True)
        ways.append(WayOut(name, way, query_of(search)))
    return ways


def _without(words: str, written: str) -> str:
    """The words as they were typed, less one term."""
    return " ".join(words.replace(f'"{written}"', " ").replace(written, " ", 1).split())

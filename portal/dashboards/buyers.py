"""Who buys: every buyer with what is remembered of its tenders, and the hundred cities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from opportunities.buyers import BuyerKind
from opportunities.buyers.memory import Memory
from opportunities.places.tile_map import counted_tiles
from opportunities.selectors import (
    aliases_of,
    buyers_known,
    cities,
    opportunities_of,
    search_buyers,
)
from portal.accounts.models import Company
from portal.accounts.roles import is_office
from portal.dashboards.buyer_form import BuyerForm, NameForm
from portal.dashboards.tables.buyers import BUYERS, CITIES
from portal.ui.downloads import AT_ONCE, asked_kind, download
from portal.ui.latest_pages import LatestPages

PER_PAGE = 30
TENDERS_PER_PAGE = 15
TENDERS_OF_A_CITY = 8


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """A buyer and what is remembered of it."""

    buyer: Any
    memory: Memory


@dataclass(frozen=True, slots=True)
class CityRow:
    city: Any
    company: str  # its SPV
    tenders: int  # that every member may see


@require_GET
@login_required
def buyers(request: HttpRequest) -> HttpResponseBase:
    reader, now = reader_of(request), timezone.now()
    text, kind = request.GET.get("q", "").strip()[:200], request.GET.get("kind", "")
    kind = kind if kind in set(BuyerKind) else ""
    known = search_buyers(
        buyers_known(to=reader, at=now), text=text, kind=kind, with_all_names=reader is None
    )
    if asked := asked_kind(request):
        return download(asked, BUYERS, known.iterator(AT_ONCE))
    page = Paginator(known, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "buyers",
        "is_office": reader is None,
        "text": text,
        "kind": kind,
        "kinds": tuple(BuyerKind),
        "page": page,
        "rows": _rows(page),
    }
    return render(request, "portal/buyers.html", context)


@require_GET
@login_required
def buyer(request: HttpRequest, buyer_id: int) -> HttpResponse:
    """One buyer. One that the reader may not know of doesn't exist."""
    reader, now = reader_of(request), timezone.now()
    found = buyers_known(to=reader, at=now).filter(pk=buyer_id).first()
    if found is None:
        raise Http404
    return buyer_page(request, found, reader, now=now)


def buyer_page(
    request: HttpRequest,
    found: Any,
    reader: Company | None,
    *,
    now: datetime,
    forms: Mapping[str, object] | None = None,
) -> HttpResponse:
    """``forms`` are what the office typed and what is wrong with it, under their names in the template."""
    tenders = opportunities_of([found.pk], to=reader, at=now).defer("search_vector")
    context = {
        "section": "buyers",
        "now": now,
        "is_office": reader is None,
        "buyer": found,
        "memory": found.memory.figures,
        "page": LatestPages(tenders, TENDERS_PER_PAGE).get_page(request.GET.get("page")),
    }
    if reader is None:
        context |= {
            "aliases": aliases_of(found.pk, for_office=True),
            "buyer_form": BuyerForm.of(found),
            "name_form": NameForm(),
        }
    return render(request, "portal/buyer.html", {**context, **(forms or {})}, status=422 if forms else 200)


@require_GET
@login_required
def city_list(request: HttpRequest) -> HttpResponseBase:
    """The hundred, as a map of states and as a list."""
    reader, now = reader_of(request), timezone.now()
    everything = list(cities())
    by_state = Counter(city.state for city in everything)
    state = request.GET.get("state", "").upper()
    state = state if state in by_state else ""
    shown = [city for city in everything if not state or city.state == state]
    companies: dict[int, str] = {}
    tenders: Counter[int] = Counter()
    for one in buyers_known(to=reader, at=now):
        if one.city_id is None:
            continue
        tenders[one.city_id] += one.memory.tenders
        if one.kind == BuyerKind.CITY_SPV:
            companies[one.city_id] = one.name
    rows = [CityRow(city, companies.get(city.pk, ""), tenders[city.pk]) for city in shown]
    if asked := asked_kind(request):
        return download(asked, CITIES, rows)
    context = {
        "section": "buyers",
        "state": state,
        "tiles": counted_tiles(by_state, chosen=state),
        "states": sorted(by_state.items(), key=lambda pair: (-pair[1], pair[0])),
        "rows": rows,
    }
    return render(request, "portal/cities.html", context)


@require_GET
@login_required
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """One city: who buys there, and the latest of what they buy."""
    reader, now = reader_of(request), timezone.now()
    found = cities().filter(slug=slug).first()
    if found is None:
        raise Http404
    theirs = buyers_known(to=reader, at=now).filter(city=found)
    rows = _rows(search_buyers(theirs))
    latest = opportunities_of([row.buyer.pk for row in rows], to=reader, at=now)
    context = {
        "section": "buyers",
        "now": now,
        "city": found,
        "rows": rows,
        "latest": list(latest.defer("search_vector")[:TENDERS_OF_A_CITY]),
    }
    return render(request, "portal/city.html", context)


def reader_of(request: HttpRequest) -> Company | None:
    """The company that is shown the page, or None for the office, unless it looks at what one is shown."""
    is_guest: bool = request.is_guest  # type: ignore[attr-defined]
    if is_office(request.user) and not is_guest:
        return None
    company: Company | None = getattr(request, "company", None)
    if company is None:
        raise PermissionDenied
    return company


def _rows(found: Iterable[Any]) -> list[BuyerRow]:
    return [BuyerRow(one, one.memory.figures) for one in found]

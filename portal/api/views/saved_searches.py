"""The searches that a company keeps, read and changed."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response

from matching.models import SavedSearch
from matching.scoring.engine import DOMAINS
from matching.selectors import kept_searches, saved_search_of
from matching.services import (
    SearchNameTaken,
    TooManySearches,
    end_search,
    rename_search,
    restore_search,
    save_search,
)
from matching.services.saved_searches import MOST_SEARCHES
from opportunities.searching.address import query_of, search_from_query
from portal.api.describing import described
from portal.api.once import once
from portal.api.parameters import mistakes_in
from portal.api.problems import Mistake, Problem, clash, not_found, not_understood
from portal.api.records.own import saved_search_record
from portal.api.said import NothingSaid, said
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.own import SavedSearchSerializer
from portal.api.serializers.said_own import SavedSearchNameSaid, SavedSearchSaid
from portal.api.views.opportunities import ORDER, SEARCH
from portal.api.views.own import NO_OTHERS, OwnView
from portal.dashboards.saved_searches import kept_part

_BY_NAME = [F("name").asc(), F("pk").asc()]
_CLASHES = "Another search has this name, or there is room for no more"


class _Searches(OwnView):
    serializer_class = SavedSearchSerializer

    def own(self, search_id: int) -> SavedSearch:
        found = kept_searches(self.company).filter(pk=search_id).first()
        if found is None:
            raise not_found()
        return found

    def told_as_kept(self, search_id: int) -> Response:
        address = reverse("api:saved_search", args=[search_id])
        return self.told(saved_search_record(self.own(search_id)), status=201, location=address)


class SavedSearchList(_Searches):
    is_list = True

    @described("The searches that your company keeps", answer=page_of(SavedSearchSerializer), tag="own")
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut(kept_searches(self.company), _BY_NAME)
        return self.told_page([saved_search_record(row) for row in shown], page, following)

    @described(
        "Keep a search under a name, for everyone of your company",
        takes=SavedSearchSaid,
        answer=SavedSearchSerializer,
        status=201,
        tag="own",
        problems={409: _CLASHES},
    )
    @once
    def post(self, request: Request) -> Response:
        told = said(SavedSearchSaid, request)
        query = _understood(told["query"])
        try:
            kept = save_search(told["name"], query, company=self.company, by=self.person, now=self.now)
        except SearchNameTaken:
            raise _name_taken() from None
        except TooManySearches:
            raise _no_room() from None
        return self.told_as_kept(kept.pk)


class SavedSearchDetail(_Searches):
    @described(
        "One search that your company keeps",
        answer=SavedSearchSerializer,
        tag="own",
        problems={404: NO_OTHERS},
    )
    def get(self, request: Request, search_id: int) -> Response:
        return self.told(saved_search_record(self.own(search_id)))

    @described(
        "Give it another name",
        takes=SavedSearchNameSaid,
        answer=SavedSearchSerializer,
        tag="own",
        problems={404: NO_OTHERS, 409: _CLASHES},
    )
    def patch(self, request: Request, search_id: int) -> Response:
        kept, told = self.own(search_id), said(SavedSearchNameSaid, request)
        try:
            rename_search(kept, told["name"])
        except SearchNameTaken:
            raise _name_taken() from None
        return self.told(saved_search_record(kept))

    @described("Keep it no more, nor mail about it", status=204, tag="own", problems={404: NO_OTHERS})
    def delete(self, request: Request, search_id: int) -> Response:
        end_search(self.own(search_id), now=self.now)
        return Response(status=204)


class SavedSearchRestoration(_Searches):
    @described(
        "Keep a search again that was kept no more. One that is kept stays as it is",
        answer=SavedSearchSerializer,
        status=201,
        tag="own",
        problems={404: NO_OTHERS, 409: _CLASHES},
    )
    @once
    def post(self, request: Request, search_id: int) -> Response:
        said(NothingSaid, request)
        ended = saved_search_of(self.company, search_id)
        if ended is None:
            raise not_found()
        try:
            restore_search(ended)
        except SearchNameTaken:
            raise _name_taken() from None
        except TooManySearches:
            raise _no_room() from None
        return self.told_as_kept(search_id)


def _understood(text: str) -> str:
    """What of a query is worth keeping. Raises a Problem where it asks for what there isn't."""
    given = parse_qs(text, keep_blank_values=True)
    if wrong := mistakes_in(given, (*SEARCH, ORDER)):
        raise not_understood(Mistake(f"query.{one.name}", one.detail) for one in wrong)
    return query_of(kept_part(search_from_query(given, domains=frozenset(DOMAINS)).search))


def _name_taken() -> Problem:
    return clash(gettext("You keep another search under this name. Choose another."))


def _no_room() -> Problem:
    return clash(gettext("Your company keeps %(most)s already.") % {"most": MOST_SEARCHES})

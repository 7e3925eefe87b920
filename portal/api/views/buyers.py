from __future__ import annotations

from django.db.models import F
from rest_framework.request import Request
from rest_framework.response import Response

from opportunities.buyers import BuyerKind
from opportunities.places import STATES
from opportunities.selectors import buyers_known, cities, search_buyers
from portal.api.describing import described
from portal.api.parameters import Parameter
from portal.api.problems import not_found
from portal.api.records.buyer import buyer_record, city_records
from portal.api.serializers.buyers import BuyerSerializer, CitySerializer
from portal.api.serializers.opportunities import page_of
from portal.api.view import ApiView

_MOST_REMEMBERED = [F("memory__tenders").desc(), F("name").asc(), F("pk").asc()]
_BY_NAME = [F("name").asc(), F("pk").asc()]


class BuyerList(ApiView):
    parameters = (
        Parameter("q", "Words of a name or a city"),
        Parameter("kind", "What it is", choices=tuple(BuyerKind)),
    )
    serializer_class = BuyerSerializer
    is_list = True

    @described("Who buys, those with the most tenders first", answer=page_of(BuyerSerializer), tag="buyers")
    def get(self, request: Request) -> Response:
        page = self.page()
        known = buyers_known(to=self.caller.reader, at=self.now)
        found = search_buyers(known, text=request.GET.get("q", ""), kind=request.GET.get("kind", ""))
        shown, following = page.cut(found, _MOST_REMEMBERED)
        return self.told_page([buyer_record(row) for row in shown], page, following)


class BuyerDetail(ApiView):
    serializer_class = BuyerSerializer

    @described(
        "One buyer, and what its tenders so far were like",
        answer=BuyerSerializer,
        tag="buyers",
        problems={404: "None that you may know of"},
    )
    def get(self, request: Request, buyer_id: int) -> Response:
        found = buyers_known(to=self.caller.reader, at=self.now).filter(pk=buyer_id).first()
        if found is None:
            raise not_found()
        return self.told(buyer_record(found))


class CityList(ApiView):
    parameters = (
        Parameter("state", "ISO 3166-2 without IN-", choices=tuple(sorted(one.code for one in STATES))),
    )
    serializer_class = CitySerializer
    is_list = True

    @described("The hundred cities, each with who buys there", answer=page_of(CitySerializer), tag="buyers")
    def get(self, request: Request) -> Response:
        page, state = self.page(), request.GET.get("state")
        found = cities().filter(state=state) if state else cities()
        shown, following = page.cut(found, _BY_NAME)
        theirs = buyers_known(to=self.caller.reader, at=self.now).filter(city__in=shown)
        return self.told_page(city_records(shown, search_buyers(theirs)), page, following)


class CityDetail(ApiView):
    serializer_class = CitySerializer

    @described("One city", answer=CitySerializer, tag="buyers", problems={404: "There is none"})
    def get(self, request: Request, slug: str) -> Response:
        found = cities().filter(slug=slug).first()
        if found is None:
            raise not_found()
        theirs = buyers_known(to=self.caller.reader, at=self.now).filter(city=found)
        return self.told(city_records([found], search_buyers(theirs))[0])

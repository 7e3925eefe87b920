from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from matching.scoring.engine import DOMAINS
from matching.selectors import (
    Closing,
    Mark,
    MatchFilter,
    MatchOrder,
    StageGroup,
    match_of,
    matches_of,
    narrowed,
    order_of,
    profiles_of,
)
from opportunities.places import STATES
from opportunities.searching.definition import ValueBand
from portal.api.describing import described
from portal.api.parameters import Parameter
from portal.api.problems import not_found
from portal.api.records.own import match_records
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.own import MatchSerializer
from portal.api.views.own import NO_OTHERS, OwnView

_STAGES = tuple(group for group in StageGroup if group)


class MatchList(OwnView):
    parameters = (
        Parameter("profile", "Of /profiles; the first unless told", upto=999_999_999),
        Parameter("q", "Words, a buyer, a city or a number"),
        Parameter("stage", "How far it has come", choices=_STAGES, is_many=True),
        Parameter("domain", "Field of work", choices=tuple(sorted(DOMAINS)), is_many=True),
        Parameter("state", "ISO 3166-2 without IN-", choices=tuple(sorted(one.code for one in STATES))),
        Parameter("value", "Crore of rupees", choices=tuple(ValueBand), is_many=True),
        Parameter("closing", "When bids close", choices=tuple(Closing), is_many=True),
        Parameter("mark", "Each narrows further", choices=tuple(Mark), is_many=True),
        Parameter("sort", "`best` unless told", choices=tuple(MatchOrder)),
    )
    serializer_class = MatchSerializer
    is_list = True

    @described(
        "What fits a profile, and why: the list of the page Matches",
        answer=page_of(MatchSerializer),
        tag="own",
        problems={404: "The company has no such profile"},
    )
    def get(self, request: Request) -> Response:
        page, wanted = self.page(), request.GET.get("profile")
        own = [row for row in profiles_of(self.company) if wanted is None or row.pk == int(wanted)]
        if not own:
            raise not_found()
        reader, wish = self.reader, _wish(request)
        listed = narrowed(matches_of(own[0], at=self.now), wish, reader=reader, at=self.now)
        # What is shown is chosen without reading the wide rows.
        shown, following = page.cut(listed.select_related(None).only("pk"), order_of(wish))
        records = match_records([row.pk for row in shown], reader=reader, at=self.now)
        return self.told_page(records, page, following)


class MatchDetail(OwnView):
    serializer_class = MatchSerializer

    @described("One match, and why it is one", answer=MatchSerializer, tag="own", problems={404: NO_OTHERS})
    def get(self, request: Request, match_id: int) -> Response:
        match = match_of(self.company, match_id, at=self.now)
        if match is None:
            raise not_found()
        return self.told(match_records([match.pk], reader=self.reader, at=self.now)[0])


def _wish(request: Request) -> MatchFilter:
    """What the address asks for, whose values are known to be some that there are."""
    asked = request.GET
    return MatchFilter(
        stages=frozenset(map(StageGroup, asked.getlist("stage"))),
        domains=frozenset(asked.getlist("domain")),
        values=frozenset(map(ValueBand, asked.getlist("value"))),
        closings=frozenset(map(Closing, asked.getlist("closing"))),
        marks=frozenset(map(Mark, asked.getlist("mark"))),
        state=asked.get("state", ""),
        text=asked.get("q", ""),
        order=MatchOrder(asked.get("sort", MatchOrder.BEST)),
    )

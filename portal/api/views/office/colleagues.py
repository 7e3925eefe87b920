"""Who there is to look after what waits."""

from __future__ import annotations

from django.db.models import F
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.describing import described
from portal.api.serializers.office import ColleagueSerializer
from portal.api.serializers.opportunities import page_of
from portal.api.views.office.base import OfficeView
from portal.dashboards.cases import colleagues

_BY_NAME = [F("name").asc(), F("pk").asc()]


class ColleagueList(OfficeView):
    serializer_class = ColleagueSerializer
    is_list = True

    @described("Everybody of the coordination office", answer=page_of(ColleagueSerializer), tag="office")
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut(colleagues(), _BY_NAME)
        return self.told_page(shown, page, following)

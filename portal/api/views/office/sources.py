"""What is read, and how each source does."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from ingest.selectors import SourceHealth, source_health
from portal.api.describing import described
from portal.api.paging import Place
from portal.api.problems import not_found
from portal.api.serializers.office import SourceSerializer
from portal.api.serializers.opportunities import page_of
from portal.api.views.office.base import OfficeView


def _place(health: SourceHealth) -> Place:
    """Those that fail first, then those that gave an alarm, the latest first."""
    source = health.source
    alarmed = source.alarmed_at.timestamp() if source.alarmed_at else 0
    return (-source.consecutive_failures, -round(alarmed * 1_000_000), source.name, source.pk)


class SourceList(OfficeView):
    is_list = True
    serializer_class = SourceSerializer

    @described("Every source, those in trouble first", answer=page_of(SourceSerializer), tag="office")
    def get(self, request: Request) -> Response:
        page = self.page()
        shown, following = page.cut_found(source_health(at=self.now), _place)
        return self.told_page(shown, page, following)


class SourceDetail(OfficeView):
    serializer_class = SourceSerializer

    @described("One source", answer=SourceSerializer, tag="office", problems={404: "There is none"})
    def get(self, request: Request, source_id: int) -> Response:
        found = [one for one in source_health(at=self.now) if one.source.pk == source_id]
        if not found:
            raise not_found()
        return self.told(found[0])

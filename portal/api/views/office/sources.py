"""What is read, and how each source does."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from ingest.selectors import source_health
from portal.api.describing import described
from portal.api.problems import not_found
from portal.api.serializers.office import SourceSerializer
from portal.api.serializers.opportunities import page_of
from portal.api.views.office.base import OfficeView


class SourceList(OfficeView):
    serializer_class = SourceSerializer

    @described("Every source, those in trouble first", answer=page_of(SourceSerializer), tag="office")
    def get(self, request: Request) -> Response:
        return self.told_page(source_health(at=self.now), self.page(), None)


class SourceDetail(OfficeView):
    serializer_class = SourceSerializer

    @described("One source", answer=SourceSerializer, tag="office", problems={404: "There is none"})
    def get(self, request: Request, source_id: int) -> Response:
        found = [one for one in source_health(at=self.now) if one.source.pk == source_id]
        if not found:
            raise not_found()
        return self.told(found[0])

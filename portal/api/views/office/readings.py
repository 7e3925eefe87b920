"""What could not be read, read by a person: typed as it stands there."""

from __future__ import annotations

from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response

from ingest.selectors import HandRead
from portal.api.describing import described
from portal.api.once import once
from portal.api.paging import Place
from portal.api.problems import Mistake, clash, not_found, not_understood
from portal.api.said import said
from portal.api.serializers.office import HandReadingSerializer
from portal.api.serializers.opportunities import page_of
from portal.api.serializers.said_office import HandReadingSaid
from portal.api.views.office.base import OfficeView
from portal.dashboards.by_hand import Unread, form_for, record_typed, unread_for

_NOTHING = "It names no document and no part of one that could not be read"


def _place(reading: HandRead) -> Place:
    """The latest first."""
    return (-round(reading.read_at.timestamp() * 1_000_000), -reading.pk)


class HandReadings(OfficeView):
    serializer_class = HandReadingSerializer
    is_list = True

    @described(
        "What people have read in a document, or in a part of one, that could not be read",
        answer=page_of(HandReadingSerializer),
        tag="office",
        problems={404: _NOTHING},
    )
    def get(self, request: Request, key: str) -> Response:
        page = self.page()
        shown, following = page.cut_found(_unread(key).readings, _place)
        return self.told_page(shown, page, following)

    @described(
        "Say what it says, in its own words; the same again is recorded once",
        takes=HandReadingSaid,
        answer=HandReadingSerializer,
        status=201,
        tag="office",
        problems={404: _NOTHING, 409: "It is settled"},
    )
    @once
    def post(self, request: Request, key: str) -> Response:
        unread, told = _unread(key), said(HandReadingSaid, request)
        if unread.is_settled:
            raise clash(gettext("This is settled."))
        if unread.place and "is_last" in told:
            raise not_understood([Mistake("is_last", gettext("A part of a document is one notice."))])
        form = form_for(unread, {"is_last": True} | told)
        if not form.is_valid():
            raise not_understood(
                Mistake(name, str(mistakes[0])) for name, mistakes in form.errors.items() if mistakes
            )
        return self.told(record_typed(unread, form, by=self.person, now=self.now), status=201)


def _unread(key: str) -> Unread:
    found = unread_for(key)
    if found is None:
        raise not_found()
    return found

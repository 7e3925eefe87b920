"""What a search finds, as a file for spreadsheets: the same rows in the same order as its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from matching.delivery.links import absolute
from matching.services import ask
from opportunities.explore import Asked, ids_in_order, opportunities_by_id
from opportunities.parsed_notice import Moment
from opportunities.templatetags.opportunity_words import stage_name, state_name
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required
from portal.dashboards.explore import read_request
from portal.lib.batches import batched
from portal.lib.clocks import INDIA
from portal.lib.money import Money
from portal.lib.spreadsheet import Cell, Row, csv_file, xlsx_file

AT_ONCE = 500  # rows read together
_PIECE = 64 * 1024  # bytes
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Exported(Protocol):
    """What of an opportunity stands in a row."""

    pk: int
    title: str
    stage: str
    buyer_name: str
    city: str
    state: str
    scheme: str
    procurement_method: str
    is_joint_venture_allowed: bool | None
    published_at: datetime | None
    publisher: str
    process_id: str
    reference: str
    url: str

    @property
    def value(self) -> Money | None: ...
    @property
    def bid_security(self) -> Money | None: ...
    def moment(self, name: str) -> Moment | None: ...


@require_GET
@company_required
def export(request: CompanyRequest, kind: str) -> HttpResponseBase:
    """Streamed, so that a hundred thousand rows take no more memory than some hundred."""
    now = timezone.now()
    search = read_request(request).search
    language = get_language() or "en"
    asked = ask(search, to=request.company, at=now, language=language)
    rows = export_rows(asked, language=language)
    name = f"setu-{now.astimezone(INDIA):%Y-%m-%d}.{'xlsx' if kind == 'xlsx' else 'csv'}"
    if kind == "xlsx":
        pieces, media_type = _workbook(rows, title=gettext("Opportunities")), _XLSX
    else:
        pieces, media_type = csv_file(rows, separator=";" if kind == "csv-se" else ","), _CSV
    return StreamingHttpResponse(
        pieces, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def export_rows(asked: Asked, *, language: str) -> Iterator[Row]:
    """A heading, and a row for each that is found and may still be seen when its turn comes."""
    # It is read when the request is over, and with it its language.
    with translation.override(language):
        heading = _heading()
    yield heading
    for ids in batched(ids_in_order(asked), AT_ONCE):
        found: Iterable[Exported] = opportunities_by_id(ids, to=asked.to, at=timezone.now())
        with translation.override(language):
            rows = [_row(each) for each in found]
        yield from rows


def _workbook(rows: Iterable[Row], *, title: str) -> Iterator[bytes]:
    """Written once somebody reads it, and gone from the disk when they have."""
    with xlsx_file(rows, title=title) as file:
        while piece := file.read(_PIECE):
            yield piece


def _heading() -> Row:
    return [
        gettext("Title"),
        gettext("Stage"),
        gettext("Buyer"),
        gettext("City"),
        gettext("State"),
        gettext("Value"),
        gettext("Currency"),
        gettext("Bid security (EMD)"),
        gettext("Bids close"),
        gettext("Last day for questions"),
        gettext("Published"),
        gettext("Programme"),
        gettext("Procedure"),
        gettext("Joint venture"),
        gettext("Source"),
        gettext("Tender ID"),
        gettext("Reference number"),
        gettext("Page in Setu"),
        gettext("Original"),
    ]


def _row(found: Exported) -> Row:
    value = found.value
    return [
        found.title,
        stage_name(found.stage),
        found.buyer_name,
        found.city,
        state_name(found.state),
        value.amount if value else None,
        value.currency if value else "",
        found.bid_security.amount if found.bid_security else None,
        _moment(found, "submission_deadline"),
        _moment(found, "enquiry_deadline"),
        found.published_at.astimezone(INDIA).date() if found.published_at else None,
        found.scheme,
        found.procurement_method,
        found.is_joint_venture_allowed,
        found.publisher,
        found.process_id,
        found.reference,
        absolute(reverse("dashboards:opportunity", args=[found.pk])),
        found.url,
    ]


def _moment(found: Exported, name: str) -> Cell:
    """In India's time, where it holds; the day alone where no time is stated."""
    moment = found.moment(name)
    if moment is None:
        return None
    there = moment.at.astimezone(INDIA)
    return there if moment.has_time else there.date()

"""Reports: on the page, as a workbook, and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.http import PersonRequest
from portal.accounts.roles import is_office, overseer_required
from portal.dashboards.reports.figures import figures_of
from portal.dashboards.reports.paper import PaperFailed, printed
from portal.dashboards.reports.period import Quarter, chosen_quarter, offered_quarters
from portal.dashboards.reports.sections import Section, period_name, sections
from portal.dashboards.reports.steps import as_told
from portal.lib.small_cells import LEAST
from portal.lib.spreadsheet import Row, xlsx_file

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@overseer_required
def reports(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    quarter = chosen_quarter(request.GET.get("period", ""), now=now)
    figures = as_told(figures_of(quarter, now=now))
    context = {
        "section": "reports",
        "quarter": quarter,
        "periods": [(each.key, period_name(each)) for each in offered_quarters(now)],
        "members": figures.members,
        "disclosed": figures.demand.total,
        "parts": sections(figures, is_office=is_office(request.user)),
        "least": LEAST,
    }
    return render(request, "portal/reports.html", context)


@require_GET
@overseer_required
def workbook(request: PersonRequest) -> HttpResponse:
    quarter, parts = _report(request)
    title = _("Setu, %(period)s") % {"period": period_name(quarter)}
    disposition = f'attachment; filename="setu-{quarter.key}.xlsx"'
    with xlsx_file(_rows(title, parts), title=quarter.key) as file:
        return HttpResponse(file.read(), content_type=_XLSX, headers={"Content-Disposition": disposition})


@require_GET
@overseer_required
def paper(request: PersonRequest) -> HttpResponse:
    """To be printed. Where it can't be made in time the page says so."""
    quarter, parts = _report(request)
    try:
        body = printed(period_name(quarter), parts, language=get_language() or "en", now=timezone.now())
    except PaperFailed:
        messages.error(request, _("The PDF could not be made. Try again in a while."))
        return redirect("dashboards:reports")
    disposition = f'attachment; filename="setu-{quarter.key}.pdf"'
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _report(request: PersonRequest) -> tuple[Quarter, list[Section]]:
    now = timezone.now()
    quarter = chosen_quarter(request.GET.get("period", ""), now=now)
    return quarter, sections(as_told(figures_of(quarter, now=now)), is_office=is_office(request.user))


def _rows(title: str, parts: list[Section]) -> Iterator[Row]:
    yield (title,)
    yield (_("A number of fewer than five companies isn't shown."),)
    yield (_("A number of what members do moves once five companies or more have moved it."),)
    for part in parts:
        yield ()
        yield (part.title, part.note)
        yield part.columns
        for row in part.rows:
            yield tuple(_("not shown") if value is None else value for value in row)

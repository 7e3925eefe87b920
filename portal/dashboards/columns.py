"""What the columns of a table hold: guessed, shown with a preview, and said by the office."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ingest.models import ColumnMapping, DocumentTable
from ingest.reading.columns.plan import ColumnPlan
from ingest.selectors import documents_read_by, known_headers, mapping_history, table_to_map
from ingest.services import (
    HeadedTables,
    MappedMeanwhile,
    TableLook,
    look_at_table,
    map_columns,
    plan_of_mapping,
)
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.column_form import ColumnsForm
from portal.dashboards.column_preview import PreviewRow, preview_rows

NO_NOTICES = ColumnPlan(())


@require_GET
@office_required
def known(request: OfficeRequest) -> HttpResponse:
    """Every header that tables have come under, and who said what its columns hold."""
    context = {"section": "sources", "headers": known_headers()}
    return render(request, "portal/known_columns.html", context)


@require_http_methods(["GET", "POST"])
@office_required
def columns(request: OfficeRequest, table_id: int) -> HttpResponse:
    """Ask what the columns hold. A POST shows what would be read so, and saves it if that is asked for."""
    table = table_to_map(table_id)
    if table is None:
        raise Http404
    look = look_at_table(table)
    history = list(mapping_history(table))
    if look is None:
        return _page(request, table, None, history)
    if request.method == "GET":
        form = ColumnsForm.preset(look.found, plan_of_mapping(history[0]) if history else None)
        return _page(request, table, form, history)
    form = ColumnsForm(look.found, request.POST)
    if request.POST.get("do") != "save":
        form.is_valid()
        return _page(request, table, form, history)
    if not form.is_valid():
        return _page(request, table, form, history, status=422)
    saved = _save(request, table, form.plan(), seen_version=form.seen_version)
    if saved is not None:
        return saved
    history = list(mapping_history(table))
    form.warn_of(history[0])
    return _page(request, table, form, history, status=409)


@require_POST
@office_required
def no_notices(request: OfficeRequest, table_id: int) -> HttpResponse:
    """Say that tables under this header list no notices."""
    table = _table(table_id)
    last = mapping_history(table).first()
    saved = _save(request, table, NO_NOTICES, seen_version=last.version if last else 0)
    return saved or redirect("dashboards:columns", table_id)


@require_POST
@office_required
def restore(request: OfficeRequest, table_id: int, version: int) -> HttpResponse:
    """Say again what an earlier version said: a new version."""
    table = _table(table_id)
    history = list(mapping_history(table))
    earlier = next((mapping for mapping in history if mapping.version == version), None)
    if earlier is None:
        raise Http404
    saved = _save(request, table, plan_of_mapping(earlier), seen_version=history[0].version)
    return saved or redirect("dashboards:columns", table_id)


def _table(table_id: int) -> DocumentTable:
    table = table_to_map(table_id)
    if table is None:
        raise Http404
    return table


def _save(
    request: OfficeRequest, table: DocumentTable, plan: ColumnPlan, *, seen_version: int
) -> HttpResponse | None:
    """Save and go back to the page, which says what comes of it; None if somebody was faster."""
    now: datetime = timezone.now()
    tables = HeadedTables(table.document.source_id, table.signature)
    try:
        mapped = map_columns(tables, plan, seen_version=seen_version, by=request.user, now=now)
    except MappedMeanwhile:
        return None
    if mapped.is_new:
        said = ngettext(
            "Version %(version)s is saved. %(count)s document is read by it within a minute.",
            "Version %(version)s is saved. %(count)s documents are read by it within a minute.",
            mapped.documents,
        )
        messages.success(request, said % {"version": mapped.version, "count": mapped.documents})
    else:
        messages.success(
            request, _("Version %(version)s says the same already.") % {"version": mapped.version}
        )
    return redirect("dashboards:columns", table.pk)


def _page(
    request: OfficeRequest,
    table: DocumentTable,
    form: ColumnsForm | None,
    history: list[ColumnMapping],
    *,
    status: int = 200,
) -> HttpResponse:
    look: TableLook | None = look_at_table(table, form.plan()) if form is not None else None
    rows: list[PreviewRow] = preview_rows(look.rows) if look else []
    context = {
        "section": "inbox",
        "table": table,
        "form": form,
        "preview": rows,
        "history": history,
        "documents": documents_read_by(table),
    }
    return render(request, "portal/columns.html", context, status=status)

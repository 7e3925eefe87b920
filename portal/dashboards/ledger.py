"""The ledger: for the office all of it, for members the lines that concern them."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from opportunities.chain import LedgerKind
from opportunities.selectors import (
    examine_ledger,
    ledger_for,
    ledger_for_office,
    ledger_head,
    lines_for,
    office_line,
    release_gaps,
)
from opportunities.services import describe_company
from portal.accounts.counties import counties_by_name
from portal.accounts.http import CompanyRequest, OfficeRequest
from portal.accounts.roles import company_required, office_required, owner_required
from portal.dashboards.tables.ledger import LEDGER
from portal.lib.batches import batched
from portal.ui.downloads import AT_ONCE, asked_kind, download

PER_PAGE = 50


class CountyForm(forms.Form):
    region = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Our county"),
        choices=[("", gettext_lazy("Not told")), *counties_by_name()],
    )


@require_GET
@office_required
def office_ledger(request: OfficeRequest) -> HttpResponseBase:
    """Every line, and on request whether each is as it was written."""
    now = timezone.now()
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(LedgerKind) else ""
    entries = ledger_for_office(kind=kind)
    if asked := asked_kind(request):
        return download(asked, LEDGER, (office_line(entry) for entry in entries.iterator(AT_ONCE)))
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.get("head", "").strip().lower()
    gaps = release_gaps(at=now)
    context = {
        "section": "ledger",
        "now": now,
        "page": page,
        "lines": [office_line(line) for line in page],
        "kind": kind,
        "kinds": list(LedgerKind),
        "head": ledger_head(),
        "kept": kept,
        "found": examine_ledger(head=kept or None) if "verify" in request.GET else None,
        "disclosed": len(gaps),
        "longest": max((gap.length for gap in gaps.values()), default=timedelta(0)),
        "uneven": sum(gap.length > timedelta(0) for gap in gaps.values()),
    }
    return render(request, "portal/office_ledger.html", context)


@require_GET
@company_required
def own_ledger(request: CompanyRequest) -> HttpResponseBase:
    """What concerns the company: who disclosed what, by which rule, and from when it could see it."""
    now = timezone.now()
    entries = ledger_for(request.company, at=now)
    if asked := asked_kind(request):
        batches = batched(entries.iterator(AT_ONCE), AT_ONCE)
        lines = (line for batch in batches for line in lines_for(batch, request.company, at=now))
        return download(asked, LEDGER, lines)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "ledger",
        "now": now,
        "page": page,
        "lines": lines_for(list(page), request.company, at=now),
        "company": request.company,
        "county": CountyForm(initial={"region": request.company.region}),
        "is_owner": request.acting.is_owner,
    }
    return render(request, "portal/own_ledger.html", context)


@require_POST
@owner_required
def set_county(request: CompanyRequest) -> HttpResponse:
    """Where the company sits, which rules may go by."""
    form = CountyForm(request.POST)
    if form.is_valid():
        region = form.cleaned_data["region"]
        describe_company(request.company.pk, by=request.user, now=timezone.now(), region=region)
        messages.success(request, _("Saved."))
    return redirect("dashboards:own_ledger")

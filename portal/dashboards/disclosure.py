"""Where the office discloses one opportunity by rule, looks first whom it reaches, corrects and withdraws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from matching.services import Reach, preview_reach
from opportunities.audience import Audience
from opportunities.chain import LedgerKind
from opportunities.selectors import ledger_for_office, office_line, opportunities_for_office
from opportunities.services import (
    About,
    correct_disclosure,
    disclose_opportunity,
    note_preview,
    withdraw_disclosure,
    write_ledger,
)
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.disclosing import DisclosureForm, ExceptionForm, WithdrawalForm, known_values
from portal.ui.formats import stockholm_moment

_MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Previewed:
    """Whom a rule would reach."""

    to: Audience
    reach: Reach


@require_GET
@office_required
def disclosure(request: OfficeRequest, opportunity_id: int) -> HttpResponse:
    return _page(request, _known(opportunity_id), now=timezone.now())


@require_POST
@office_required
def decide(request: OfficeRequest, opportunity_id: int) -> HttpResponse:
    """Look whom it would reach, or tell them."""
    now = timezone.now()
    opportunity = _known(opportunity_id)
    is_preview = request.POST.get("do") == "preview"
    is_decided = opportunity.disclosed_from is not None
    form = DisclosureForm(request.POST, must_say_why=is_decided and not is_preview)
    if not form.is_valid() and not (is_preview and set(form.errors) <= {"because"}):
        return _page(request, opportunity, now=now, refused=form)
    moment = form.cleaned_data["from_"] or now
    if is_preview:
        reach = preview_reach(opportunity_id, form.audience, now=now)
        counts = {"strong": reach.strong, "subscribers": reach.subscribers, "nothing": reach.nothing}
        note_preview(opportunity_id, to=form.audience, by=request.user, now=now, counts=counts)
        unbound = DisclosureForm(initial=form.cleaned_data | {"from_": request.POST.get("from_", "")})
        return _page(request, opportunity, now=now, form=unbound, previewed=Previewed(form.audience, reach))
    because = form.cleaned_data["because"]
    change = correct_disclosure if is_decided else disclose_opportunity
    change(opportunity_id, from_=moment, to=form.audience, because=because, by=request.user, now=now)
    said = (
        _("Whom it concerns sees it now.")
        if moment <= now
        else _("Whom it concerns sees it from %(moment)s.")
    )
    messages.success(request, said % {"moment": stockholm_moment(moment)})
    return redirect("dashboards:disclosure", opportunity_id)


@require_POST
@office_required
def withdraw(request: OfficeRequest, opportunity_id: int) -> HttpResponse:
    """Nobody sees it any more, and the ledger says why."""
    now = timezone.now()
    opportunity = _known(opportunity_id)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _page(request, opportunity, now=now, refused=form)
    withdraw_disclosure(opportunity_id, because=form.cleaned_data["because"], by=request.user, now=now)
    messages.success(request, _("Withdrawn: no member sees it any more."))
    return redirect("dashboards:disclosure", opportunity_id)


@require_POST
@office_required
def note_exception(request: OfficeRequest, opportunity_id: int) -> HttpResponse:
    """Somebody was told otherwise than by the rule: better on the record than not."""
    now = timezone.now()
    opportunity = _known(opportunity_id)
    form = ExceptionForm(request.POST)
    if not form.is_valid():
        return _page(request, opportunity, now=now, refused=form)
    write_ledger(
        LedgerKind.EXCEPTED,
        by=request.user,
        now=now,
        about=About(opportunity=opportunity_id),
        because=form.cleaned_data["because"],
    )
    messages.success(request, _("Noted in the ledger."))
    return redirect("dashboards:disclosure", opportunity_id)


def _known(opportunity_id: int) -> Any:
    return get_object_or_404(opportunities_for_office().defer("search_vector"), pk=opportunity_id)


def _page(  # noqa: PLR0913  what was typed and found comes back with the page
    request: OfficeRequest,
    opportunity: Any,
    *,
    now: datetime,
    form: forms.Form | None = None,
    refused: forms.Form | None = None,
    previewed: Previewed | None = None,
) -> HttpResponse:
    known = known_values(opportunity.audience, opportunity.disclosed_from)
    if opportunity.disclosed_from is None or opportunity.disclosed_from <= now:
        known["from_"] = None
    lines = ledger_for_office(opportunity_id=opportunity.pk)[:_MOST_LINES]
    context = {
        "section": "ledger",
        "now": now,
        "opportunity": opportunity,
        "is_decided": opportunity.disclosed_from is not None,
        "disclosure": form
        or (refused if isinstance(refused, DisclosureForm) else DisclosureForm(initial=known)),
        "withdrawal": refused if isinstance(refused, WithdrawalForm) else WithdrawalForm(prefix=None),
        "exception": refused if isinstance(refused, ExceptionForm) else ExceptionForm(),
        "previewed": previewed,
        "lines": [office_line(line) for line in lines],
    }
    return render(request, "portal/disclosure.html", context, status=422 if refused else 200)

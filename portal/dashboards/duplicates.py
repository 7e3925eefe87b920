"""Where the office says whether two opportunities are one, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opportunities.errors import DisclosureDiffers
from opportunities.selectors import merges as all_merges
from opportunities.services import merge_opportunities, refuse_proposal, split_opportunity
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.side_by_side import merged_pair, proposed_pair

PER_PAGE = 50


@require_GET
@office_required
def duplicate(request: OfficeRequest, proposal_id: int) -> HttpResponse:
    """Two opportunities that may be one, side by side."""
    return _proposal_page(request, proposal_id)


@require_POST
@office_required
def merge(request: OfficeRequest, proposal_id: int) -> HttpResponse:
    """They are one. What only one of them may show is disclosed only where that was said as well."""
    now = timezone.now()
    found = proposed_pair(proposal_id, at=now)
    if found is None:
        raise Http404
    _proposal, pair = found
    try:
        merge_opportunities(
            pair.one.opportunity.pk,
            pair.other.opportunity.pk,
            by=request.user,
            may_disclose="disclose" in request.POST,
            now=now,
        )
    except DisclosureDiffers:
        return _proposal_page(request, proposal_id, is_refused=True)
    messages.success(request, _("Merged: the two are one opportunity now."))
    return redirect("dashboards:opportunity", pair.one.opportunity.pk)


@require_POST
@office_required
def refuse(request: OfficeRequest, proposal_id: int) -> HttpResponse:
    """They are two, and it isn't asked again."""
    refuse_proposal(proposal_id, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: they are two, and won't be proposed again."))
    return redirect("dashboards:inbox")


@require_GET
@office_required
def merges(request: OfficeRequest) -> HttpResponse:
    """Everything that was merged, by rule or by a person."""
    page = Paginator(all_merges(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/merges.html", {"section": "inbox", "page": page, "now": timezone.now()})


@require_GET
@office_required
def merged(request: OfficeRequest, merge_id: int) -> HttpResponse:
    """What was merged, each half by itself, and the way back."""
    now = timezone.now()
    found = merged_pair(merge_id, at=now)
    if found is None:
        raise Http404
    made, pair = found
    context = {"section": "inbox", "now": now, "merge": made, "pair": pair}
    return render(request, "portal/merged.html", context)


@require_POST
@office_required
def split(request: OfficeRequest, merge_id: int) -> HttpResponse:
    """They are two after all."""
    if not all_merges().filter(pk=merge_id).exists():
        raise Http404
    split_opportunity(merge_id, by=request.user, now=timezone.now())
    messages.success(request, _("Split: each stands by itself again, with what has arrived since."))
    return redirect("dashboards:merged", merge_id)


def _proposal_page(request: OfficeRequest, proposal_id: int, *, is_refused: bool = False) -> HttpResponse:
    now = timezone.now()
    found = proposed_pair(proposal_id, at=now)
    if found is None:
        raise Http404
    proposal, pair = found
    context = {
        "section": "inbox",
        "now": now,
        "proposal": proposal,
        "pair": pair,
        "is_refused": is_refused,
    }
    return render(request, "portal/duplicate.html", context, status=422 if is_refused else 200)

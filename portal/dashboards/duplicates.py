"""What was merged, and how the office takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opportunities.selectors import left_disclosed, waiting_proposals
from opportunities.selectors import merges as all_merges
from opportunities.services import split_opportunity
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.side_by_side import merged_pair
from portal.dashboards.waiting import WaitingKind

PER_PAGE = 50


@require_GET
@office_required
def duplicate(request: OfficeRequest, proposal_id: int) -> HttpResponse:
    """Where two that may be one are compared: their line of the inbox."""
    if not waiting_proposals().filter(pk=proposal_id).exists():
        raise Http404
    return redirect(f"{reverse('dashboards:inbox')}?item={WaitingKind.DUPLICATE}-{proposal_id}#desk")


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
    left = left_disclosed([made]).get(made.pk)
    context = {"section": "inbox", "now": now, "merge": made, "pair": pair, "left": left}
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

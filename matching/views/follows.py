"""What a company follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from matching.delivery.links import mute_path
from matching.selectors import follow_on, followed_in, followed_in_order, outcomes_in
from matching.selectors.subscriptions import muted_among, subscription_to_follows
from matching.services import follow_opportunity, unfollow_opportunity
from matching.views.returning import back_to_page
from matching.views.tables import FOLLOWED
from opportunities.selectors import visible_opportunities
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required
from portal.ui.downloads import AT_ONCE, asked_kind, download

PER_PAGE = 20


@require_POST
@company_required
def follow(request: CompanyRequest, opportunity_id: int) -> HttpResponse:
    now = timezone.now()
    if follow_opportunity(opportunity_id, company=request.company, by=request.user, now=now) is None:
        raise Http404
    return _answer(request, opportunity_id, at=now)


@require_POST
@company_required
def unfollow(request: CompanyRequest, opportunity_id: int) -> HttpResponse:
    now = timezone.now()
    if not visible_opportunities(to=request.company, at=now).filter(pk=opportunity_id).exists():
        raise Http404
    unfollow_opportunity(opportunity_id, company=request.company, now=now)
    return _answer(request, opportunity_id, at=now)


def _answer(request: CompanyRequest, opportunity_id: int, *, at: datetime) -> HttpResponse:
    """The button as it stands now where it was pressed in place, else the page again."""
    if not request.htmx:
        return back_to_page(request, otherwise="matching:followed")
    known = visible_opportunities(to=request.company, at=at).filter(pk=opportunity_id)
    opportunity = known.annotate(follow=follow_on("pk", by=request.company)).get()
    context = {
        "opportunity": opportunity,
        "follow": followed_in(opportunity),
        "page": request.POST.get("next", ""),
        "csrf_token": get_token(request),
    }
    return render(request, "components/follow.html", context)


@dataclass(frozen=True, slots=True)
class MuteSwitch:
    """Whether mail tells the person of an opportunity, and where that is changed."""

    address: str
    is_muted: bool


def _mute_switches(request: CompanyRequest, opportunity_ids: list[int]) -> Callable[[int], MuteSwitch | None]:
    """None for who gets no mail about what the company follows."""
    subscription = subscription_to_follows(request.user, request.company)
    if subscription is None or subscription.ended_at is not None:
        return lambda _: None
    muted = muted_among(request.user, opportunity_ids)
    recipient_id = subscription.recipient_id
    return lambda pk: MuteSwitch(mute_path(recipient_id, pk), pk in muted)


@require_GET
@company_required
def followed(request: CompanyRequest) -> HttpResponseBase:
    """All that the company follows: what closes next first, what is over last."""
    now = timezone.now()
    everything = followed_in_order(request.company, at=now)
    if kind := asked_kind(request):
        return download(kind, FOLLOWED, everything.iterator(AT_ONCE))
    page = Paginator(everything, PER_PAGE).get_page(request.GET.get("page"))
    mute_switch = _mute_switches(request, [opportunity.pk for opportunity in page])
    context = {
        "section": "matches",
        "now": now,
        "page": page,
        "lines": [(row, followed_in(row), outcomes_in(row), mute_switch(row.pk)) for row in page],
    }
    return render(request, "matching/followed.html", context)

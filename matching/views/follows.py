"""What a company follows."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from matching.selectors import follow_on, followed_in, followed_in_order, outcomes_in
from matching.services import follow_opportunity, unfollow_opportunity
from matching.views.returning import back_to_page
from opportunities.selectors import visible_opportunities
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required

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


@require_GET
@company_required
def followed(request: CompanyRequest) -> HttpResponse:
    """All that the company follows: what closes next first, what is over last."""
    now = timezone.now()
    page = Paginator(followed_in_order(request.company, at=now), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "matches",
        "now": now,
        "page": page,
        "lines": [(row, followed_in(row), outcomes_in(row)) for row in page],
    }
    return render(request, "matching/followed.html", context)

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from matching.models import PartnerRequest
from matching.partners import candidate_with, partner_requests, teaming_for, what_asker_adds
from matching.selectors import best_match
from matching.services import CannotAsk, answer_partner, ask_partner, withdraw_partner_request
from opportunities.selectors import visible_opportunities
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required


@require_GET
@company_required
def partners(request: CompanyRequest) -> HttpResponse:
    """What this company asked others, and was asked, about bidding together."""
    now = timezone.now()
    known = list(partner_requests(request.company, at=now))
    context = {
        "section": "partners",
        "now": now,
        "received": [
            (one, what_asker_adds(one, now=now))
            for one in known
            if one.asked.company_id == request.company.pk
        ],
        "sent": [one for one in known if one.asking.company_id == request.company.pk],
    }
    return render(request, "matching/partners.html", context)


@require_GET
@company_required
def partners_for(request: CompanyRequest, opportunity_id: int) -> HttpResponse:
    """With whom an opportunity could be bid for."""
    now = timezone.now()
    opportunity = get_object_or_404(visible_opportunities(to=request.company, at=now), pk=opportunity_id)
    match = best_match(request.company, opportunity.pk)
    if match is None:
        raise Http404
    context = {
        "section": "partners",
        "opportunity": opportunity,
        "teaming": teaming_for(match.profile, opportunity, now=now),
    }
    return render(request, "matching/partners_for.html", context)


@require_POST
@company_required
def ask(request: CompanyRequest, opportunity_id: int, sign: str) -> HttpResponse:
    """Ask the company behind a sign. An opportunity or a sign that isn't known doesn't exist."""
    now = timezone.now()
    opportunity = get_object_or_404(visible_opportunities(to=request.company, at=now), pk=opportunity_id)
    match = best_match(request.company, opportunity.pk)
    asked = candidate_with(sign, profile=match.profile, opportunity=opportunity) if match else None
    if match is None or asked is None:
        raise Http404
    try:
        ask_partner(opportunity.pk, asking=match.profile, asked=asked, by=request.user, now=now)
    except CannotAsk as error:
        raise Http404 from error
    messages.success(request, _("Asked. If the company agrees you learn its name, and it learns yours."))
    return redirect("matching:partners")


@require_POST
@company_required
def answer(request: CompanyRequest, request_id: int) -> HttpResponse:
    asked = _of_company(request, request_id)
    if asked.asked.company_id != request.company.pk or request.POST.get("answer") not in ("yes", "no"):
        raise Http404
    answer_partner(asked.pk, has_agreed=request.POST["answer"] == "yes", by=request.user, now=timezone.now())
    return redirect("matching:partners")


@require_POST
@company_required
def withdraw(request: CompanyRequest, request_id: int) -> HttpResponse:
    asked = _of_company(request, request_id)
    if asked.asking.company_id != request.company.pk:
        raise Http404
    withdraw_partner_request(asked.pk, now=timezone.now())
    return redirect("matching:partners")


def _of_company(request: CompanyRequest, request_id: int) -> PartnerRequest:
    return get_object_or_404(partner_requests(request.company, at=timezone.now()), pk=request_id)

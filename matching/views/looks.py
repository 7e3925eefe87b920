from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching.services import mark_as_seen
from opportunities.selectors import visible_opportunities
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required
from portal.lib.numbers import number_in


@require_POST
@company_required
def seen(request: CompanyRequest, opportunity_id: int) -> HttpResponse:
    """The person has taken note of what changed, up to the revision that the page told of."""
    now = timezone.now()
    known = get_object_or_404(visible_opportunities(to=request.company, at=now), pk=opportunity_id)
    number = number_in(request.POST.get("number", ""))
    if number is not None:
        mark_as_seen(known.pk, person=request.user, number=number, now=now)
    return redirect("dashboards:opportunity", known.pk)

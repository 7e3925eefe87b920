"""Which projects a company follows."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching.services import follow_project, unfollow_project
from matching.views.returning import back_to_page
from opportunities.project_selectors import visible_projects
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required

BOARD = "dashboards:early_stage"


@require_POST
@company_required
def follow(request: CompanyRequest, project_id: int) -> HttpResponse:
    now = timezone.now()
    if follow_project(project_id, company=request.company, by=request.user, now=now) is None:
        raise Http404
    return back_to_page(request, otherwise=BOARD)


@require_POST
@company_required
def unfollow(request: CompanyRequest, project_id: int) -> HttpResponse:
    now = timezone.now()
    known = get_object_or_404(visible_projects(to=request.company, at=now), pk=project_id)
    unfollow_project(known.pk, company=request.company, now=now)
    return back_to_page(request, otherwise=BOARD)

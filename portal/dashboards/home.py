from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from portal.accounts.registrations import latest_registration
from portal.accounts.roles import is_observer, is_office
from portal.dashboards.public import about


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where each kind of person begins."""
    if not request.user.is_authenticated:
        return about(request)
    if is_office(request.user):
        return redirect("dashboards:inbox")
    if is_observer(request.user):
        return redirect("dashboards:reports")
    if getattr(request, "company", None) is not None:
        return redirect("matching:matches")
    registration = latest_registration(request.user.pk)
    if registration is not None and not registration.is_approved:
        return redirect("accounts:waiting")
    return render(request, "portal/nothing_here_yet.html")

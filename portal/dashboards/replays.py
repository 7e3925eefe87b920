"""What today's readers would make of the archive, and the office's decision about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ingest.selectors import latest_replays
from ingest.services import replay as services
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required


@require_GET
@office_required
def replays(request: OfficeRequest) -> HttpResponse:
    context = {"section": "sources", "now": timezone.now(), "replays": latest_replays()}
    return render(request, "portal/replays.html", context)


@require_POST
@office_required
def compare(request: OfficeRequest) -> HttpResponse:
    services.request_replay(by=request.user, now=timezone.now())
    messages.success(request, _("The comparison is made within a few minutes. Nothing changes by it."))
    return redirect("dashboards:replays")


@require_POST
@office_required
def accept(request: OfficeRequest, replay_id: int) -> HttpResponse:
    try:
        services.accept_replay(replay_id, by=request.user, now=timezone.now())
    except services.ReplayOutdated:
        messages.error(request, _("The readers have changed since. Compare again before you decide."))
    else:
        messages.success(request, _("Accepted. Every document is read again, which takes some minutes."))
    return redirect("dashboards:replays")


@require_POST
@office_required
def refuse(request: OfficeRequest, replay_id: int) -> HttpResponse:
    services.refuse_replay(replay_id, by=request.user, now=timezone.now())
    messages.success(request, _("Refused. All stays as it is."))
    return redirect("dashboards:replays")

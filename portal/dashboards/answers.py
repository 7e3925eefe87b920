"""The office takes back what it answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ingest.services import take_back_answer
from opportunities.selectors import opportunity_ruled_on
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required


@require_POST
@office_required
def take_back(request: OfficeRequest, ruling_id: int) -> HttpResponse:
    """Undo an answer, and ask again. Leads back to the page of the opportunity."""
    found = opportunity_ruled_on(ruling_id)
    if found is None:
        raise Http404
    take_back_answer(ruling_id, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back: it is asked again."))
    return redirect("dashboards:opportunity", found)

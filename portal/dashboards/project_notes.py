"""What the office writes down about a project: for itself, or for members as well."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opportunities.project_selectors import project_noted, projects_for_office
from opportunities.services import remove_project_note, write_project_note
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required

LONGEST = 4_000


@require_POST
@office_required
def write(request: OfficeRequest, project_id: int) -> HttpResponse:
    """Keep a note; ``shared`` says that members who see the project read it, too."""
    if not projects_for_office().filter(pk=project_id).exists():
        raise Http404
    text = request.POST.get("text", "").strip()[:LONGEST]
    is_shared = request.POST.get("for", "") == "members"
    if text:
        write_project_note(project_id, text, is_shared=is_shared, by=request.user, now=timezone.now())
        said = (
            _("Kept; members that see the project read it.") if is_shared else _("Kept for the office alone.")
        )
        messages.success(request, said)
    else:
        messages.warning(request, _("An empty note isn't kept."))
    return redirect("dashboards:office_project", project_id)


@require_POST
@office_required
def remove(request: OfficeRequest, note_id: int) -> HttpResponse:
    """Show a note to nobody any more."""
    project_id = project_noted(note_id)
    if project_id is None:
        raise Http404
    remove_project_note(note_id, by=request.user, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("dashboards:office_project", project_id)

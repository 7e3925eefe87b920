"""The documents that the office attaches to a project: for itself, or for members as well."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opportunities.errors import AttachedAlready
from opportunities.project_selectors import project_documented
from opportunities.services import attach_document, facts_of_project, remove_document
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.office_projects import project_day, project_known, project_page
from portal.dashboards.project_document_form import ProjectDocumentForm
from portal.dashboards.project_form import ProjectForm


@require_POST
@office_required
def attach(request: OfficeRequest, project_id: int) -> HttpResponse:
    """Attach a document; ``audience`` says whether members who see the project see it, too."""
    now = timezone.now()
    project = project_known(project_id)
    form = ProjectDocumentForm(request.POST, today=project_day(now))
    if form.is_valid():
        try:
            attached = attach_document(project.pk, form.said(), by=request.user, now=now)
        except AttachedAlready:
            form.add_error(
                "url", _("A document with this address is attached already. Remove that one first.")
            )
    if form.errors:
        saying = ProjectForm(known=facts_of_project(project), today=project_day(now))
        return project_page(request, project, saying, attaching=form)
    messages.success(
        request,
        _("Attached; members that see the project see it, too.")
        if attached.is_shared
        else _("Attached for the office alone."),
    )
    return redirect("dashboards:office_project", project.pk)


@require_POST
@office_required
def remove(request: OfficeRequest, document_id: int) -> HttpResponse:
    """Show a document to nobody any more."""
    project_id = project_documented(document_id)
    if project_id is None:
        raise Http404
    remove_document(document_id, by=request.user, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("dashboards:office_project", project_id)

"""The office's side of projects: what waits to be linked, what is known, and who said so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ingest.selectors import documents_behind, provenance_of
from opportunities.errors import ProjectChangedMeanwhile
from opportunities.project_selectors import (
    by_expected,
    documents_on,
    how_well_foretold,
    links_of,
    notes_on,
    project_history,
    projects_for_office,
    projects_upon,
    proposed_links,
    root_of,
    tenders_to_link,
)
from opportunities.selectors import opportunities_for_office
from opportunities.services import (
    OFFICE,
    add_project,
    facts_of_project,
    link_project,
    state_project,
    unlink_project,
)
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.by_hand import unread_for
from portal.dashboards.deeds import settling
from portal.dashboards.handling import Hand, NoLongerWaits, handle
from portal.dashboards.project_document_form import ProjectDocumentForm
from portal.dashboards.project_form import Differing, ProjectForm, differing
from portal.lib.clocks import INDIA

PER_PAGE = 50
_LONGEST_DESCRIPTION = 4_000


class LinkForm(forms.Form):
    """Yes or no to a link, and why. A no needs a reason."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    because = forms.CharField(label=gettext_lazy("Why"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if typed.get("answer") == "no" and not typed.get("because", "").strip():
            self.add_error("because", _("Say why not, so that nobody asks again."))
        return typed


@require_GET
@office_required
def office_projects(request: OfficeRequest) -> HttpResponse:
    """What waits for a decision, and every project, disclosed or not."""
    return _list(request)


@require_http_methods(["GET", "POST"])
@office_required
def new_project(request: OfficeRequest) -> HttpResponse:
    """Add a project that no source has told of, or that one told of in words that couldn't be read.

    ``from`` is the key of what waits in the inbox and tells of it; recording the project settles that.
    """
    now = timezone.now()
    key = request.POST.get("from", request.GET.get("from", ""))
    unread = unread_for(key) if key else None
    if key and unread is None:
        raise Http404
    described = unread.original.text[:_LONGEST_DESCRIPTION] if unread else ""
    form = ProjectForm(
        request.POST if request.method == "POST" else None, today=project_day(now), description=described
    )
    if not form.is_valid():
        context = {"section": "projects", "form": form, "from": key, "unread": unread}
        return render(
            request, "portal/office_project_new.html", context, status=422 if form.is_bound else 200
        )
    project = add_project(form.said(), because=form.cleaned_data["because"], by=request.user, now=now)
    messages.success(
        request, _("Recorded. Nobody but the office sees it until it is disclosed in the inbox.")
    )
    if unread is not None:
        _settle(key, _("Added as the project “%(title)s”") % {"title": project.title}, request, now)
    return redirect("dashboards:office_project", project.pk)


def _settle(key: str, because: str, request: OfficeRequest, now: datetime) -> None:
    """What told of it needs nothing more; if a colleague has dealt with it, that stands."""
    try:
        handle(key, settling(because[:500]), hand=Hand(request.user, now))
    except NoLongerWaits:
        messages.info(request, _("A colleague had settled meanwhile what you added it from."))


@require_GET
@office_required
def project_of(request: OfficeRequest, opportunity_id: int) -> HttpResponse:
    """The project that stands upon a process."""
    upon = projects_upon(opportunity_id).first()
    if upon is None:
        raise Http404
    return redirect("dashboards:office_project", upon.pk)


@require_http_methods(["GET", "POST"])
@office_required
def office_project(request: OfficeRequest, project_id: int) -> HttpResponse:
    """A project as the office knows it; a POST says something of it."""
    now = timezone.now()
    project = project_known(project_id)
    known = facts_of_project(project)
    if request.method == "GET":
        form = ProjectForm(known=known, today=project_day(now))
        return project_page(request, project, form)
    form = ProjectForm(request.POST, known=known, today=project_day(now))
    if not form.is_valid():
        return project_page(request, project, form)
    seen = form.cleaned_data["seen_version"] or 0
    said, because = form.said(), form.cleaned_data["because"]
    try:
        state_project(project.pk, said, because=because, seen_version=seen, by=request.user, now=now)
    except ProjectChangedMeanwhile:
        # Whoever saves again from here has seen what stands.
        return project_page(request, project, form, clash=differing(known, said))
    messages.success(request, _("Kept, with your name and why."))
    return redirect("dashboards:office_project", project.pk)


@require_POST
@office_required
def link(request: OfficeRequest, project_id: int, opportunity_id: int) -> HttpResponse:
    """Say whether a tender is what a project has come to, or take that back."""
    now = timezone.now()
    project = project_known(project_id)
    if not opportunities_for_office().filter(pk=opportunity_id).exists():
        raise Http404
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _list(request, refused=(project.pk, opportunity_id, form))
    because = form.cleaned_data["because"]
    if form.cleaned_data["answer"] == "yes":
        link_project(project.pk, opportunity_id, because=because, by=request.user, now=now)
        messages.success(request, _("Linked. Those who follow the project are told."))
    else:
        unlink_project(project.pk, opportunity_id, because=because, by=request.user, now=now)
        messages.success(request, _("Noted: it isn't that tender, and won't be proposed again."))
    back = request.POST.get("back", "")
    return (
        redirect("dashboards:office_project", project.pk) if back else redirect("dashboards:office_projects")
    )


def project_day(now: datetime) -> date:
    """The day at the projects' place."""
    return now.astimezone(INDIA).date()


def project_known(project_id: int) -> Any:
    """The project, disclosed or not. Raises Http404 where there is none."""
    found = projects_for_office().select_related("opportunity").filter(pk=project_id).first()
    if found is None:
        raise Http404
    return found


def _list(request: OfficeRequest, *, refused: tuple[int, int, LinkForm] | None = None) -> HttpResponse:
    ordered = by_expected(projects_for_office()).select_related("opportunity")
    page = Paginator(ordered.defer("opportunity__search_vector"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "projects",
        "now": timezone.now(),
        "proposals": proposed_links(),
        "foretold": how_well_foretold(),
        "page": page,
        "refused": refused[:2] if refused else None,
        "refusal": refused[2] if refused else None,
    }
    return render(request, "portal/office_projects.html", context, status=422 if refused else 200)


def project_page(
    request: OfficeRequest,
    project: Any,
    form: ProjectForm,
    *,
    clash: list[Differing] | None = None,
    attaching: ProjectDocumentForm | None = None,
) -> HttpResponse:
    """The page with the forms as they were filled in; a mistake in either of them answers 422."""
    now, root_id = timezone.now(), root_of(project)
    is_mistaken = form.is_bound and clash is None
    context = {
        "section": "projects",
        "now": now,
        "project": project,
        "root_id": root_id,
        "form": form,
        # A mistake in the form is no reason to have seen what others wrote meanwhile.
        "seen_version": form["seen_version"].value() if is_mistaken else project.version,
        "clash": clash,
        "links": links_of(project.pk),
        "notes": list(notes_on(project.pk)),
        "attached": list(documents_on(project.pk)),
        "attaching": attaching or ProjectDocumentForm(today=project_day(now)),
        "documents": documents_behind(root_id, to=None, at=now),
        "wanted": request.GET.get("q", "").strip()[:200],
        "found": tenders_to_link(project, request.GET.get("q", "")[:200]),
        "is_by_hand": project.opportunity.publisher == OFFICE,
        "history": list(reversed(project_history([project.pk]).get(project.pk, []))),
        "quarter_origin": provenance_of(root_id).origins.get("tender_expected_from"),
    }
    status = 422 if is_mistaken or attaching is not None else 409 if clash is not None else 200
    return render(request, "portal/office_project.html", context, status=status)

"""One project: what is known of it so far, and what it has come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ingest.selectors import documents_behind, provenance_of
from matching.selectors import fits_of, followed_in, project_follow_on
from opportunities.compile import Change
from opportunities.parsed_notice import EARLY_STAGES
from opportunities.project_selectors import (
    LinkedTender,
    ProjectEntry,
    domains_of,
    linked_tenders,
    project_history,
    project_standing_for,
    root_of,
    shared_documents_on,
    shared_notes_on,
    visible_projects,
)
from opportunities.selectors import visible_opportunities
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required
from portal.lib.clocks import day_in_stockholm


@dataclass(frozen=True, slots=True)
class Expectation:
    """When a tender was expected, as it was told at a time."""

    entry: ProjectEntry
    begins: Any
    until: Any


@require_GET
@company_required
def project(request: CompanyRequest, project_id: int) -> HttpResponse:
    """What the door doesn't show a company doesn't exist for it."""
    now = timezone.now()
    known = visible_projects(to=request.company, at=now)
    found = (
        known.annotate(follow=project_follow_on(by=request.company))
        .select_related("opportunity")
        .defer("opportunity__search_vector", "contact")
        .filter(pk=project_id)
        .first()
    )
    if found is None:
        standing = project_standing_for(project_id)
        if standing is None or not known.filter(pk=standing).exists():
            raise Http404
        return redirect("dashboards:project", standing)
    root_id = root_of(found)
    history = project_history([found.pk]).get(found.pk, [])
    provenance = provenance_of(root_id)
    tenders = linked_tenders([found.pk], to=request.company, at=now).get(found.pk, [])
    all_tenders = [*_own_tender(request, found, root_id, at=now), *tenders]
    context = {
        "section": "early",
        "now": now,
        "project": found,
        "domains": domains_of(found),
        "root_id": root_id,
        "is_own": not request.is_guest,
        "follow": None if request.is_guest else followed_in(found),
        "score": fits_of(request.company, [root_id]).get(root_id),
        "notes": list(shared_notes_on(found.pk)),
        "story": _story(history, tenders),
        "expectations": expectations(history),
        "quarter_origin": provenance.origins.get("tender_expected_from"),
        "origins": provenance.origins,
        "tenders": all_tenders,
        "is_closed": bool(all_tenders) and all(_is_closed(tender, at=now) for tender in all_tenders),
        "attached": list(shared_documents_on(found.pk)),
        "documents": documents_behind(root_id, to=request.company, at=now),
    }
    return render(request, "portal/project.html", context)


def _own_tender(request: CompanyRequest, project: Any, root_id: int, *, at: datetime) -> list[LinkedTender]:
    """The process itself, where it is the one that has gone to tender."""
    since = project.tendered_since
    if since is None:
        return []
    door = visible_opportunities(to=request.company, at=at).defer("search_vector")
    # Unless it was merged into another, the project came with it, through the same door.
    own = [project.opportunity] if root_id == project.opportunity_id else door.filter(pk=root_id)
    return [
        LinkedTender(project.pk, opportunity, since)
        for opportunity in own
        if opportunity.stage not in {*EARLY_STAGES, ""}
    ]


def _is_closed(tender: LinkedTender, *, at: datetime) -> bool:
    deadline = tender.opportunity.submission_deadline
    return deadline is not None and deadline < at


@dataclass(frozen=True, slots=True)
class Chapter:
    """Something that happened: what became known, or a tender that it came to."""

    at: datetime
    on: date
    entry: ProjectEntry | None = None
    tender: LinkedTender | None = None


def _story(history: Sequence[ProjectEntry], tenders: Sequence[LinkedTender]) -> list[Chapter]:
    """All of it, the latest first. What only the office reads tells nothing here."""
    told = [entry for entry in history if entry.is_first or entry.shown_changes or entry.added_fields]
    chapters = [
        *(Chapter(entry.happened_at, entry.happened_on, entry=entry) for entry in told),
        *(Chapter(told.confirmed_at, day_in_stockholm(told.confirmed_at), tender=told) for told in tenders),
    ]
    return sorted(chapters, key=lambda chapter: chapter.at, reverse=True)


def expectations(history: Sequence[ProjectEntry]) -> list[Expectation]:
    """Each quarter that was told, in the order in which it was."""
    found = []
    for entry in history:
        changed: dict[str, Change] = {change.field: change for change in entry.changes}
        begins = changed.get("tender_expected_from")
        if begins is not None and begins.after is not None:
            until = changed.get("tender_expected_until")
            found.append(Expectation(entry, begins.after, until.after if until else None))
    return found

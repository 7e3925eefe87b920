from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ingest.selectors import documents_behind, provenance_of
from matching.selectors import Reader
from opportunities.project_selectors import project_on
from opportunities.selectors import (
    HistoryEntry,
    buyer_in,
    known_early_at,
    opportunities_for_office,
    opportunity_history,
    survivor_of,
    with_buyer,
)
from opportunities.timeline import timeline
from portal.accounts.roles import is_office
from portal.dashboards.facts import stated_facts
from portal.dashboards.opportunity_for_members import Known, known_to, told_to, told_to_guest
from portal.dashboards.opportunity_for_office import told_to_office


@require_GET
@login_required
def opportunity(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """One opportunity. What the door doesn't show a company doesn't exist for it."""
    now = timezone.now()
    reader = _reader(request)
    known = known_to(reader, at=now) if reader else opportunities_for_office()
    told = known.annotate(known_early_at=known_early_at("pk"), project_id=project_on("pk"))
    told = with_buyer(told.defer("search_vector"))
    found = told.filter(pk=opportunity_id).first()
    if found is None:
        survivor = survivor_of(opportunity_id)
        if survivor is None or not known.filter(pk=survivor).exists():
            raise Http404
        return redirect("dashboards:opportunity", survivor)
    provenance = provenance_of(found.pk)
    history = [entry for entry in opportunity_history(found.pk) if entry.changes]
    context = {
        "section": "matches" if reader else "inbox",
        "now": now,
        "is_office": reader is None,
        "is_own": reader is not None and not reader.is_guest,
        "opportunity": found,
        "buyer": buyer_in(found),
        "deadline": found.moment("submission_deadline"),
        "project_id": vars(found)["project_id"],
        "steps": timeline(found, known_early_at=vars(found)["known_early_at"], now=now),
        "facts": stated_facts(found, provenance.origins),
        "scope_origin": provenance.origins.get("description"),
        "doubts": provenance.doubts,
        "evidence": (),
        "changes": history,
        "documents": documents_behind(found.pk, to=reader.company if reader else None, at=now),
        **_told(request, reader, found, history, now=now),
    }
    return render(request, "portal/opportunity.html", context)


def _told(
    request: HttpRequest, reader: Reader | None, found: Known, history: list[HistoryEntry], *, now: datetime
) -> dict[str, object]:
    if reader is None:
        return told_to_office(found.pk)
    if reader.is_guest:
        return told_to_guest(reader, found, now=now)
    return told_to(reader, found, history, is_looking=not _is_prefetch(request), now=now)


def _reader(request: HttpRequest) -> Reader | None:
    """None for the office, unless it looks at what a company is shown."""
    is_guest: bool = request.is_guest  # type: ignore[attr-defined]
    if is_office(request.user) and not is_guest:
        return None
    company = getattr(request, "company", None)
    if company is None:
        raise PermissionDenied
    return Reader(request.user, company, is_guest=is_guest)  # type: ignore[arg-type]


def _is_prefetch(request: HttpRequest) -> bool:
    """A browser that fetches ahead shows the page to nobody yet."""
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))

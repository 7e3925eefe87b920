from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ingest.selectors import documents_behind, provenance_of, source_names
from matching.bidding.test_beds import demonstrating
from matching.bids import bid_outlook, bidder_of, call_of
from matching.models import Match
from matching.scoring.serialization import parts_from_json
from matching.selectors import best_match, follow_on, followed_in, verdict_on
from opportunities.selectors import (
    known_early_at,
    merges_of,
    opportunities_for_office,
    opportunity_history,
    requirements_of,
    survivor_of,
    visible_opportunities,
)
from portal.accounts.models import Company
from portal.accounts.roles import is_office
from portal.dashboards.facts import stated_facts
from portal.dashboards.requirements import AskedFor, asked_for
from portal.dashboards.rulings import decided_about
from portal.dashboards.timeline import timeline


@require_GET
@login_required
def opportunity(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """One opportunity. What the door doesn't show a company doesn't exist for it."""
    now = timezone.now()
    company: Company | None = getattr(request, "company", None)
    if is_office(request.user):
        company, known = None, opportunities_for_office()
    elif company is not None:
        known = visible_opportunities(to=company, at=now).annotate(follow=follow_on("pk", by=company))
    else:
        raise PermissionDenied
    found = known.filter(pk=opportunity_id).defer("search_vector").first()
    if found is None:
        survivor = survivor_of(opportunity_id)
        if survivor is None or not known.filter(pk=survivor).exists():
            raise Http404
        return redirect("dashboards:opportunity", survivor)
    match = best_match(company, found.pk) if company else None
    parts = parts_from_json(match.parts) if match else ()
    provenance = provenance_of(found.pk)
    bidding = _bidding(match, now=now)
    context = {
        "section": "inbox" if company is None else "matches",
        "now": now,
        "is_office": company is None,
        "opportunity": found,
        "deadline": found.moment("submission_deadline"),
        "match": match,
        "parts": parts,
        "follow": followed_in(found) if company else None,
        "verdict": verdict_on(match) if match else None,
        "evidence": [
            evidence.offered
            for part in parts
            for evidence in part.evidence
            if evidence.kind != "meaning"  # it would mark the whole title
        ],
        "steps": timeline(found, known_early_at=known_early_at(found.pk), now=now),
        **bidding,
        # The outlook answers each of them, with its sentence.
        "asked_for": [] if bidding else _asked_for(found.pk),
        "facts": stated_facts(found, provenance.origins),
        "scope_origin": provenance.origins.get("description"),
        "doubts": provenance.doubts,
        "changes": [entry for entry in opportunity_history(found.pk) if entry.changes],
        "merges": list(merges_of(found.pk)) if company is None else [],
        "decided": decided_about(found.pk) if company is None else [],
        "documents": documents_behind(found.pk, to=company, at=now),
    }
    return render(request, "portal/opportunity.html", context)


def _asked_for(opportunity_id: int) -> list[AskedFor]:
    rows = requirements_of(opportunity_id)
    return asked_for(rows, source_names({row.notice_id for row in rows}))


def _bidding(match: Match | None, *, now: datetime) -> dict[str, object]:
    """What a company wants to know before it bids; nothing for the office, nor once bids are closed."""
    if match is None or not match.opportunity.is_open_at(now):
        return {}
    profile, opportunity = match.profile, match.opportunity
    call = call_of(opportunity, now=now)
    return {
        "outlook": bid_outlook(bidder_of(profile), call, opportunity, now=now),
        "test_beds": demonstrating(call.terms.domains, profile.domains),
        "may_team": profile.is_joint_venture_willing and call.is_team_allowed is not False,
    }

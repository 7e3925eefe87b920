"""A profile's matches as figures: what is new, in which fields, and what lies ahead."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from matching.scoring.engine import domain_name
from matching.selectors import profiles_of
from matching.selectors.overview import matched_since, open_matches
from matching.views.profiles import chosen_profile
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required
from portal.dashboards.overview_charts import dates_by_week, first_week, matches_by_domain, new_by_week
from portal.lib.clocks import STOCKHOLM


@require_GET
@company_required
def overview(request: CompanyRequest) -> HttpResponse:
    now = timezone.now()
    profiles = profiles_of(request.company)
    profile = chosen_profile(profiles, request.GET.get("profile", ""))
    if profile is None:
        return render(request, "matching/no_profile.html", {"section": "matches"})
    since = datetime.combine(first_week(now), time.min, STOCKHOLM)
    still_open = open_matches(profile, at=now)
    name_of = partial(domain_name, language=get_language() or "en")
    context = {
        "section": "matches",
        "profile": profile,
        "profiles": profiles,
        "count": len(still_open),
        "new": new_by_week(matched_since(profile, since, at=now), now=now),
        "ahead": dates_by_week(still_open, now=now),
        "domains": matches_by_domain(still_open, profile_id=profile.pk, name_of=name_of),
    }
    return render(request, "portal/overview.html", context)

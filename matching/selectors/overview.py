"""What the matches of a profile come to over time. Everything a company sees starts at the one door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Coalesce, Greatest

from matching.models import CapabilityProfile, Match, Verdict
from matching.selectors.matches import matches_of
from opportunities.selectors import visible_opportunities


@dataclass(frozen=True, slots=True)
class OpenMatch:
    """An open match, as far as it is counted: its fields, and the dates that lie ahead or behind."""

    domains: tuple[str, ...]
    submission_deadline: datetime | None
    enquiry_deadline: datetime | None
    prebid_at: datetime | None


def matched_since(profile: CapabilityProfile, since: datetime, *, at: datetime) -> list[datetime]:
    """When members came to know each opportunity that fits well enough, those over by now among them."""
    dismissed = Verdict.objects.dismissals().filter(profile=profile, opportunity=OuterRef("opportunity"))
    found = (
        Match.objects.filter(
            ~Exists(dismissed),
            profile=profile,
            score__gte=profile.minimum_score,
            opportunity__in=visible_opportunities(to=profile.company, at=at),
        )
        .annotate(known_at=Greatest("opportunity__recorded_at", "opportunity__disclosed_from"))
        .filter(known_at__gte=since)
    )
    return list(found.values_list("known_at", flat=True))


def open_matches(profile: CapabilityProfile, *, at: datetime) -> list[OpenMatch]:
    no_domains = Value([], ArrayField(CharField()))
    rows = matches_of(profile, at=at).annotate(
        told_domains=Coalesce("opportunity__search_entry__domains", no_domains)
    )
    return [
        OpenMatch(tuple(domains), deadline, enquiry, prebid)
        for domains, deadline, enquiry, prebid in rows.values_list(
            "told_domains",
            "opportunity__submission_deadline",
            "opportunity__enquiry_deadline",
            "opportunity__prebid_at",
        )
    ]

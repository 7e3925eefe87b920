"""What fits a profile. Everything a company sees starts at the one door."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from matching.models import CapabilityProfile, Match, Verdict
from matching.scoring.learning import feedback
from matching.scoring.records import Part
from matching.scoring.serialization import parts_from_json
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company


def matches_of(profile: CapabilityProfile, *, at: datetime) -> QuerySet[Match]:
    """What fits a profile well enough, is open, may be known to its company and wasn't dismissed by it."""
    visible = visible_opportunities(to=profile.company, at=at).open_at(at)
    dismissed = Verdict.objects.dismissals().filter(profile=profile, opportunity=OuterRef("opportunity"))
    fitting = Match.objects.filter(
        ~Exists(dismissed), profile=profile, score__gte=profile.minimum_score, opportunity__in=visible
    )
    return _with_opportunities(fitting)


def read_late(matches: QuerySet[Match]) -> QuerySet[Match]:
    """The same in the same order. What is cut off the list first is chosen without reading the wide rows."""
    chosen = Match.objects.filter(pk__in=matches.values("pk"))
    return _with_opportunities(chosen).order_by(*matches.query.order_by)


def parts_for_guest(match: Match) -> tuple[Part, ...]:
    """The parts of a score without what the company's own verdicts say in them; they add up as before."""
    return without_own(parts_from_json(match.parts))


def without_own(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """As ``parts_for_guest``, of parts that have been read."""
    return tuple(
        replace(part, evidence=(), details=()) if part.rule == feedback.RULE else part for part in parts
    )


def _with_opportunities(matches: QuerySet[Match]) -> QuerySet[Match]:
    # Lists show no long texts, and sorting rows that hold them takes most of the time.
    return matches.select_related("opportunity").defer(
        "opportunity__search_vector", "opportunity__description"
    )


def match_of(company: Company, match_id: int, *, at: datetime) -> Match | None:
    """One of a company's matches, of an opportunity that it may know of."""
    visible = visible_opportunities(to=company, at=at)
    return Match.objects.filter(pk=match_id, profile__company=company, opportunity__in=visible).first()


def best_match(company: Company, opportunity_id: int) -> Match | None:
    """The company's profile that an opportunity fits best, however badly.

    The caller has been through the door for the opportunity.
    """
    standing = Verdict.objects.standing().filter(profile=OuterRef("profile"), opportunity=opportunity_id)
    found = Match.objects.filter(
        profile__company=company, profile__retired_at=None, opportunity=opportunity_id
    )
    return (
        found.annotate(verdict_id=Subquery(standing.values("pk")))
        .select_related("profile", "opportunity")
        .order_by("-score", "pk")
        .first()
    )

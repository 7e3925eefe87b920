from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from matching.models import CapabilityProfile, Match, Verdict
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company


@dataclass(frozen=True, slots=True)
class VerdictFigures:
    """What a company's verdicts come to on its list."""

    dismissed: int
    is_being_ranked: bool  # a verdict was given or taken back that the order doesn't show yet


def dismissed_by(profile: CapabilityProfile, *, at: datetime) -> QuerySet[Verdict]:
    """What a company took off its list, the latest first, as far as it may know of it still."""
    visible = visible_opportunities(to=profile.company, at=at)
    return (
        Verdict.objects.dismissals()
        .filter(profile=profile, opportunity__in=visible)
        .select_related("opportunity", "person")
        .order_by("-given_at", "-pk")
    )


def verdict_history(company: Company, *, at: datetime) -> QuerySet[Verdict]:
    """All that a company said of what it may know of, taken back or not."""
    visible = visible_opportunities(to=company, at=at)
    own = Verdict.objects.filter(profile__company=company, opportunity__in=visible)
    return own.select_related("person")


def verdict_of(company: Company, verdict_id: int) -> Verdict | None:
    """A verdict that stands, if it is the company's own."""
    own = Verdict.objects.standing().filter(pk=verdict_id, profile__company=company)
    return own.select_related("opportunity", "profile").first()


def standing_verdicts(profile_id: int, opportunity_ids: Collection[int]) -> dict[int, Verdict]:
    """The verdicts that stand, by opportunity, in one query. Ask only about what came through the door."""
    found = Verdict.objects.standing().filter(profile=profile_id, opportunity__in=opportunity_ids)
    return {verdict.opportunity_id: verdict for verdict in found.select_related("person")}


def verdict_figures(profile: CapabilityProfile, *, at: datetime) -> VerdictFigures:
    """Both in one query."""
    visible = visible_opportunities(to=profile.company, at=at)
    # Asked of each verdict, for there are few, and not of everything that is visible.
    may_be_told = Exists(visible.filter(pk=OuterRef("opportunity")))
    counted = Verdict.objects.filter(profile=profile).aggregate(
        dismissed=Count("pk", filter=Q(may_be_told, withdrawn_at=None, is_relevant=False)),
        unlearnt=Count("pk", filter=Q(learnt_at=None)),
    )
    return VerdictFigures(counted["dismissed"], is_being_ranked=counted["unlearnt"] > 0)


def verdict_on(match: Match) -> Verdict | None:
    """What the company says of its best match. Most have no verdict, and then nothing is asked."""
    verdict_id: int | None = vars(match)["verdict_id"]
    return Verdict.objects.select_related("person").get(pk=verdict_id) if verdict_id else None

"""What pages ask about matches and deliveries. Everything a company sees starts at the one door."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from matching.models import CapabilityProfile, Delivery, Match, Verdict
from opportunities.parsed_notice import EARLY_STAGES, Stage
from opportunities.selectors import changes_since, visible_opportunities
from portal.accounts.models import Company

NEW_FOR = timedelta(days=7)
CLOSING_WITHIN = timedelta(days=14)


class StageGroup(StrEnum):
    """How far along, coarsely, as people filter by it."""

    ANY = ""
    EARLY = "early"
    SOUNDING = "sounding"  # the buyer asks the market before inviting bids
    TENDER = "tender"


_STAGES_OF = {
    StageGroup.EARLY: tuple(EARLY_STAGES),
    StageGroup.SOUNDING: (Stage.RFI, Stage.EOI, Stage.RFQ),
    StageGroup.TENDER: (Stage.TENDER,),
}


class MatchOrder(StrEnum):
    BEST = "best"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """What a person narrows the list to; "" leaves it as it is."""

    stage: StageGroup = StageGroup.ANY
    state: str = ""
    text: str = ""
    order: MatchOrder = MatchOrder.BEST


@dataclass(frozen=True, slots=True)
class MatchFigures:
    """The row of numbers above a list."""

    total: int
    new: int  # in NEW_FOR
    closing: int  # in CLOSING_WITHIN
    early: int
    changed: int  # in NEW_FOR


@dataclass(frozen=True, slots=True)
class VerdictFigures:
    """What a company's verdicts come to on its list."""

    dismissed: int
    is_being_ranked: bool  # a verdict was given or taken back that the order doesn't show yet


def profiles_of(company: Company) -> list[CapabilityProfile]:
    return list(CapabilityProfile.objects.current().filter(company=company).select_related("company"))


def profile_of(company: Company, profile_id: int) -> CapabilityProfile | None:
    """One of a company's own profiles, unless it is retired."""
    own = CapabilityProfile.objects.current().filter(pk=profile_id, company=company)
    return own.select_related("edited_by").prefetch_related("yearly_turnovers", "completed_projects").first()


def matches_of(profile: CapabilityProfile, *, at: datetime) -> QuerySet[Match]:
    """What fits a profile well enough, is open, may be known to its company and wasn't dismissed by it."""
    visible = visible_opportunities(to=profile.company, at=at).open_at(at)
    dismissed = Verdict.objects.dismissals().filter(profile=profile, opportunity=OuterRef("opportunity"))
    return Match.objects.filter(
        ~Exists(dismissed), profile=profile, score__gte=profile.minimum_score, opportunity__in=visible
    ).select_related("opportunity")


def match_of(company: Company, match_id: int, *, at: datetime) -> Match | None:
    """One of a company's matches, of an opportunity that it may know of."""
    visible = visible_opportunities(to=company, at=at)
    return Match.objects.filter(pk=match_id, profile__company=company, opportunity__in=visible).first()


def dismissed_by(profile: CapabilityProfile, *, at: datetime) -> QuerySet[Verdict]:
    """What a company took off its list, the latest first, as far as it may know of it still."""
    visible = visible_opportunities(to=profile.company, at=at)
    return (
        Verdict.objects.dismissals()
        .filter(profile=profile, opportunity__in=visible)
        .select_related("opportunity", "person")
        .order_by("-given_at", "-pk")
    )


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
    counted = Verdict.objects.filter(profile=profile).aggregate(
        dismissed=Count(
            "pk", filter=Q(withdrawn_at=None, is_relevant=False, opportunity__in=visible.values("pk"))
        ),
        unlearnt=Count("pk", filter=Q(learnt_at=None)),
    )
    return VerdictFigures(counted["dismissed"], is_being_ranked=counted["unlearnt"] > 0)


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


def verdict_on(match: Match) -> Verdict | None:
    """What the company says of its best match. Most have no verdict, and then nothing is asked."""
    verdict_id: int | None = vars(match)["verdict_id"]
    return Verdict.objects.select_related("person").get(pk=verdict_id) if verdict_id else None


def narrowed(matches: QuerySet[Match], wish: MatchFilter) -> QuerySet[Match]:
    if wish.stage:
        matches = matches.filter(opportunity__stage__in=_STAGES_OF[wish.stage])
    if wish.state:
        matches = matches.filter(opportunity__state=wish.state)
    if wish.text:
        words = SearchQuery(wish.text, search_type="websearch", config="english")
        matches = matches.filter(
            Q(opportunity__search_vector=words)
            | Q(opportunity__buyer_name__icontains=wish.text)
            | Q(opportunity__city__icontains=wish.text)
            | Q(opportunity__process_id__icontains=wish.text)
        )
    soonest = F("opportunity__submission_deadline").asc(nulls_last=True)
    if wish.order is MatchOrder.DEADLINE:
        return matches.order_by(soonest, "-score", "pk")
    return matches.order_by("-score", soonest, "pk")


def match_figures(matches: QuerySet[Match], *, at: datetime) -> MatchFigures:
    """All the numbers in one query."""
    has_changed = Exists(changes_since(at - NEW_FOR).filter(opportunity=OuterRef("opportunity")))
    counted = matches.aggregate(
        total=Count("pk"),
        new=Count("pk", filter=Q(first_matched_at__gte=at - NEW_FOR)),
        closing=Count("pk", filter=Q(opportunity__submission_deadline__lte=at + CLOSING_WITHIN)),
        early=Count("pk", filter=Q(opportunity__stage__in=EARLY_STAGES)),
        changed=Count("pk", filter=Q(has_changed)),
    )
    return MatchFigures(**counted)


def counts_by_state(matches: QuerySet[Match]) -> dict[str, int]:
    """How many matches lie in each state that has any; those without a known state are left out."""
    rows = (
        matches.exclude(opportunity__state="")
        .order_by()
        .values("opportunity__state")
        .annotate(count=Count("pk"))
        .values_list("opportunity__state", "count")
    )
    return dict(rows)


def next_deadlines(matches: QuerySet[Match], *, count: int) -> list[Match]:
    dated = matches.filter(opportunity__submission_deadline__isnull=False)
    return list(dated.order_by("opportunity__submission_deadline", "pk")[:count])


def deliveries() -> QuerySet[Delivery]:
    """Every message owed or sent, the latest first: for the office alone. Bodies are left in the database."""
    return (
        Delivery.objects.select_related("run", "subscription__user", "subscription__profile__company")
        .defer("body_text", "body_html")
        .order_by(F("sent_at").desc(nulls_first=True), "-pk")
    )


def delivery(delivery_id: int) -> Delivery | None:
    """One message with its bodies: for the office alone."""
    return (
        Delivery.objects.select_related("run", "subscription__user", "subscription__profile__company")
        .filter(pk=delivery_id)
        .first()
    )

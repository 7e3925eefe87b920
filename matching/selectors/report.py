"""What members did in a period, for reports that name none of them: things, and by how many companies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncWeek

from matching.models import Follow, LastLook, LossCount, Match, Outcome, Verdict
from opportunities.audience import Audience, audience_of
from opportunities.selectors import opportunities_for_office
from portal.accounts.models import Company
from portal.lib.clocks import STOCKHOLM
from portal.lib.small_cells import Cell

MOST_DISCLOSURES = 15
# How far it came at least. Who lost has bid, and needn't have been shortlisted.
_FOLLOWED = ""
_STAGES = (_FOLLOWED, Outcome.Stage.BID, Outcome.Stage.SHORTLISTED, Outcome.Stage.WON)
_FURTHEST: dict[str | None, str] = {
    Outcome.Stage.BID: Outcome.Stage.BID,
    Outcome.Stage.LOST: Outcome.Stage.BID,
    Outcome.Stage.SHORTLISTED: Outcome.Stage.SHORTLISTED,
    Outcome.Stage.WON: Outcome.Stage.WON,
}
_GAVE_UP = (Verdict.Reason.INELIGIBLE, Verdict.Reason.NO_TIME, Verdict.Reason.NO_PARTNER)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom something disclosed by the office reached, in numbers of companies."""

    title: str
    disclosed_from: datetime | None
    audience: Audience
    could_see: int
    matched: int
    opened: int
    followed: int


@dataclass(frozen=True, slots=True)
class Demand:
    """How many opportunities were disclosed, by field and by state."""

    total: int
    domains: Mapping[str, int]
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Funnel:
    """What members followed, and how far they came. Each stage without those that came further."""

    only_followed: Cell
    only_bid: Cell
    only_shortlisted: Cell
    won: Cell

    @property
    def stages(self) -> tuple[Cell, ...]:
        return (self.only_followed, self.only_bid, self.only_shortlisted, self.won)


def reach(companies: Collection[Company], *, since: datetime, until: datetime, at: datetime) -> list[Reach]:
    """What the office disclosed in a period and didn't withdraw, the latest first. One query."""
    matched = Match.objects.filter(
        opportunity=OuterRef("pk"), profile__retired_at=None, score__gte=F("profile__minimum_score")
    )
    looks = LastLook.objects.filter(opportunity=OuterRef("pk"))
    follows = Follow.objects.filter(opportunity=OuterRef("pk"))
    decided = opportunities_for_office().filter(disclosures__isnull=False).values("pk")
    rows = (
        opportunities_for_office()
        .disclosed_at(at)
        .filter(disclosed_from__gte=since, disclosed_from__lt=until, pk__in=decided)
        .annotate(
            matched_count=_companies(matched, "profile__company"),
            opened_count=_companies(looks, "person__memberships__company"),
            followed_count=_companies(follows, "company"),
        )
        .order_by("-disclosed_from", "-pk")
        .values_list(
            "title",
            "disclosed_from",
            "audience_domains",
            "audience_regions",
            "matched_count",
            "opened_count",
            "followed_count",
        )
    )
    found = []
    for title, disclosed_from, domains, regions, *counts in rows[:MOST_DISCLOSURES]:
        audience = audience_of(domains, regions)
        could_see = sum(
            audience.includes(domains=company.domains, region=company.region) for company in companies
        )
        found.append(Reach(title, disclosed_from, audience, could_see, *counts))
    return found


def demand(*, since: datetime, until: datetime, at: datetime) -> Demand:
    """Of what was disclosed to every member in a period. One query."""
    rows = (
        opportunities_for_office()
        .disclosed_at(at)
        .filter(disclosed_from__gte=since, disclosed_from__lt=until)
        .filter(audience_domains=[], audience_regions=[])
        .order_by()
        .values_list("state", "search_entry__domains")
        .annotate(n=Count("pk"))
    )
    domains: dict[str, int] = defaultdict(int)
    states: dict[str, int] = defaultdict(int)
    total = 0
    for state, named, count in rows:
        total += count
        if state:
            states[state] += count
        for domain in named or ():
            domains[domain] += count
    return Demand(total, dict(domains), dict(states))


def new_matches(*, since: datetime, until: datetime) -> dict[date, Cell]:
    """By the Monday of each week what came upon members' lists. One query."""
    found = Match.objects.filter(
        first_matched_at__gte=since,
        first_matched_at__lt=until,
        profile__retired_at=None,
        profile__company__approved_at__isnull=False,
        score__gte=F("profile__minimum_score"),
    )
    return _by_week(found, "first_matched_at", "profile__company")


def new_follows(*, since: datetime, until: datetime) -> dict[date, Cell]:
    """By the Monday of each week what members began to follow. One query."""
    begun = Follow.objects.filter(created_at__gte=since, created_at__lt=until)
    return _by_week(begun, "created_at", "company")


def outcomes_told(*, since: datetime, until: datetime) -> tuple[Funnel, dict[str, Cell]]:
    """How far members came with what they began to follow in a period, and why no further. One query."""
    standing = Outcome.objects.standing().filter(
        company=OuterRef("company"), opportunity=OuterRef("opportunity")
    )
    begun = Follow.objects.filter(created_at__gte=since, created_at__lt=until)
    cases = (
        begun.order_by()
        .annotate(stage=Subquery(standing.values("stage")), why=Subquery(standing.values("reason")))
        .values_list("company", "opportunity", "stage", "why")
        .distinct()
    )
    by_stage: dict[str, list[int]] = defaultdict(list)
    by_reason: dict[str, list[int]] = defaultdict(list)
    for company, _, stage, why in cases:
        by_stage[_FURTHEST.get(stage, _FOLLOWED)].append(company)
        if why:
            by_reason[why].append(company)
    funnel = Funnel(*(cell_of(by_stage[stage]) for stage in _STAGES))
    return funnel, {reason: cell_of(companies) for reason, companies in by_reason.items()}


def losses(*, since: datetime, until: datetime) -> tuple[date | None, dict[str, tuple[int, int]]]:
    """By gate what stood between members and the best of their lists, on the last day counted. One query."""
    counted = LossCount.objects.filter(
        counted_on__gte=since.astimezone(STOCKHOLM).date(), counted_on__lt=until.astimezone(STOCKHOLM).date()
    )
    rows = list(counted.order_by("-counted_on").values_list("counted_on", "gate", "matches", "companies")[:4])
    day = rows[0][0] if rows else None
    return day, {gate: (matches, companies) for on, gate, matches, companies in rows if on == day}


def given_up(*, since: datetime, until: datetime) -> dict[str, Cell]:
    """By reason what members dismissed although it was their field. One query."""
    rows = (
        Verdict.objects.dismissals()
        .filter(given_at__gte=since, given_at__lt=until, reason__in=_GAVE_UP)
        .order_by()
        .values_list("reason")
        .annotate(n=Count("pk"), companies=ArrayAgg("profile__company", distinct=True))
    )
    return {reason: Cell(count, frozenset(companies)) for reason, count, companies in rows}


def _by_week(rows: QuerySet[Match] | QuerySet[Follow], when: str, company: str) -> dict[date, Cell]:
    weeks = (
        rows.order_by()
        .annotate(week=TruncWeek(when, tzinfo=STOCKHOLM))
        .values_list("week")
        .annotate(n=Count("pk"), companies=ArrayAgg(company, distinct=True))
    )
    return {week.date(): Cell(count, frozenset(companies)) for week, count, companies in weeks}


def _companies(rows: QuerySet[Match] | QuerySet[LastLook] | QuerySet[Follow], company: str) -> Coalesce:
    counted = rows.order_by().values("opportunity").annotate(n=Count(company, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def cell_of(companies: Iterable[int]) -> Cell:
    """A thing for each company named, which may be named again."""
    named = list(companies)
    return Cell(len(named), frozenset(named))

"""What members did in a period, for reports that name none of them: things, and by how many companies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncWeek

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

    opportunity_id: int
    title: str
    disclosed_from: datetime | None
    audience: Audience
    could_see: int
    matched: Cell
    opened: Cell
    followed: Cell


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


@dataclass(frozen=True, slots=True)
class Begun:
    """What members began to follow: when, how far they came, and why no further."""

    by_week: Mapping[date, Cell]  # by Monday
    funnel: Funnel
    reasons: Mapping[str, Cell]


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
            matched_by=_companies(matched, "profile__company"),
            opened_by=_companies(looks, "person__memberships__company"),
            followed_by=_companies(follows, "company"),
        )
        .order_by("-disclosed_from", "-pk")
        .values_list(
            "pk",
            "title",
            "disclosed_from",
            "audience_domains",
            "audience_regions",
            "matched_by",
            "opened_by",
            "followed_by",
        )
    )
    found = []
    for pk, title, disclosed_from, domains, regions, *cells in rows[:MOST_DISCLOSURES]:
        audience = audience_of(domains, regions)
        could_see = sum(
            audience.includes(domains=company.domains, region=company.region) for company in companies
        )
        found.append(Reach(pk, title, disclosed_from, audience, could_see, *map(cell_of, cells)))
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
    weeks = (
        found.order_by()
        .annotate(week=TruncWeek("first_matched_at", tzinfo=STOCKHOLM))
        .values_list("week")
        .annotate(companies=ArrayAgg("profile__company"))
    )
    return {week.date(): cell_of(companies) for week, companies in weeks}


def follows_begun(*, since: datetime, until: datetime) -> Begun:
    """What members began to follow in a period, and how far they came with it. One query."""
    standing = Outcome.objects.standing().filter(
        company=OuterRef("company"), opportunity=OuterRef("opportunity")
    )
    begun = Follow.objects.filter(created_at__gte=since, created_at__lt=until)
    rows = (
        begun.order_by()
        .annotate(
            week=TruncWeek("created_at", tzinfo=STOCKHOLM),
            stage=Subquery(standing.values("stage")),
            why=Subquery(standing.values("reason")),
        )
        .values_list("company", "opportunity", "week", "stage", "why")
    )
    by_week: dict[date, list[int]] = defaultdict(list)
    by_stage: dict[str, list[int]] = defaultdict(list)
    by_reason: dict[str, list[int]] = defaultdict(list)
    cases = set()
    for company, opportunity, week, stage, why in rows:
        by_week[week.date()].append(company)
        if (company, opportunity) in cases:  # followed again
            continue
        cases.add((company, opportunity))
        by_stage[_FURTHEST.get(stage, _FOLLOWED)].append(company)
        if why:
            by_reason[why].append(company)
    return Begun(
        by_week={week: cell_of(companies) for week, companies in by_week.items()},
        funnel=Funnel(*(cell_of(by_stage[stage]) for stage in _STAGES)),
        reasons={reason: cell_of(companies) for reason, companies in by_reason.items()},
    )


def losses(
    *, since: datetime, until: datetime, at: datetime
) -> tuple[date | None, dict[str, tuple[int, int]]]:
    """By gate what stood between members and the best of their lists, as the last full month left it.

    It was counted by no company's name, so nobody can say of two days how many companies lie between them:
    it is told once a month. One query.
    """
    month = at.astimezone(STOCKHOLM).date().replace(day=1)
    counted = LossCount.objects.filter(
        counted_on__gte=since.astimezone(STOCKHOLM).date(),
        counted_on__lt=min(until.astimezone(STOCKHOLM).date(), month),
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
        .annotate(companies=ArrayAgg("profile__company"))
    )
    return {reason: cell_of(companies) for reason, companies in rows}


def _companies(rows: QuerySet[Match] | QuerySet[LastLook] | QuerySet[Follow], company: str) -> ArraySubquery:
    return ArraySubquery(rows.order_by().values_list(company).distinct())


def cell_of(companies: Iterable[int | None]) -> Cell:
    """A thing for each company named, which may be named again. Who acts for none counts for nothing."""
    return Cell(tuple(company for company in companies if company is not None))

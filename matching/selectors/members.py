"""The member companies as the office sees them: whether they use Setu at all, and never for what.

Signs of life are counted, not read: that somebody followed something, and not what.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from matching.models import CapabilityProfile, Follow, LastLook, Match, Subscription, Verdict
from opportunities.selectors import opportunities_for_office
from portal.accounts.models import Company, Membership

# Without a sign of life for as long, a company is silent.
SILENT_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Member:
    """A company, and when it was last heard of."""

    company: Company
    people: int
    readers: int  # people who are sent a digest
    follows: int  # that stand
    last_log_in: datetime | None
    last_act: datetime | None  # opened an opportunity, followed, judged a match or wrote on a profile

    @property
    def last_sign(self) -> datetime | None:
        return max((at for at in (self.last_log_in, self.last_act) if at), default=None)

    def quiet_for(self, at: datetime) -> timedelta:
        """Since the last sign of life; where there was none, since the company was let in."""
        since = self.last_sign or self.company.approved_at
        return at - since if since else timedelta(0)

    def is_silent(self, at: datetime) -> bool:
        return self.company.is_approved and self.quiet_for(at) > SILENT_AFTER


def members() -> list[Member]:
    """Every company, by name. One query."""
    looks = LastLook.objects.filter(person__memberships__company=OuterRef("pk"))
    follows = Follow.objects.filter(company=OuterRef("pk"))
    verdicts = Verdict.objects.filter(profile__company=OuterRef("pk"))
    profiles = CapabilityProfile.objects.filter(company=OuterRef("pk"))
    people = Membership.objects.filter(company=OuterRef("pk"))
    wanted = Subscription.objects.wanted().filter(profile__company=OuterRef("pk"))
    rows: QuerySet[Any] = Company.objects.annotate(
        people_count=_count(people, "company", "user"),
        readers_count=_count(wanted, "profile__company", "recipient"),
        follows_count=_count(follows.standing(), "company", "pk"),
        logged_in_at=_latest(people, "company", "user__last_login"),
        # Of nothing and something the greater is something.
        acted_at=Greatest(
            _latest(looks, "person__memberships__company", "looked_at"),
            _latest(follows, "company", "created_at"),
            _latest(verdicts, "profile__company", "given_at"),
            _latest(profiles, "company", "edited_at"),
        ),
    )
    return [
        Member(
            company=row,
            people=row.people_count,
            readers=row.readers_count,
            follows=row.follows_count,
            last_log_in=row.logged_in_at,
            last_act=row.acted_at,
        )
        for row in rows.order_by("name", "pk")
    ]


def current_profiles(companies: Collection[int]) -> list[CapabilityProfile]:
    """Those of these companies, with the rows that tell how complete they are. Three queries."""
    found = CapabilityProfile.objects.current().filter(company__in=companies)
    return list(found.prefetch_related("yearly_turnovers", "completed_projects").order_by("company", "pk"))


def finds(companies: Collection[int], *, at: datetime) -> dict[int, int]:
    """How many open opportunities the profiles of each company find, each counted once. One query."""
    open_now = opportunities_for_office().disclosed_at(at).open_at(at)
    found = Match.objects.filter(
        profile__company__in=companies,
        profile__retired_at=None,
        score__gte=F("profile__minimum_score"),
        opportunity__in=open_now,
    )
    counted = found.order_by().values("profile__company").annotate(n=Count("opportunity", distinct=True))
    return dict(counted.values_list("profile__company", "n"))


def _count(rows: QuerySet[Any], company: str, what: str) -> Coalesce:
    counted = rows.order_by().values(company).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _latest(rows: QuerySet[Any], company: str, when: str) -> Subquery:
    return Subquery(rows.order_by().values(company).annotate(at=Max(when)).values("at"))

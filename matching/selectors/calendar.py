"""What stands in a company's calendar. Everything a company sees starts at the one door."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from matching.models import Match, Verdict
from matching.selectors.follows import follow_on, followed_opportunities
from opportunities.selectors import Opportunities, visible_opportunities
from portal.accounts.models import Company


def in_calendar(company: Company, *, least: int | None, at: datetime) -> Opportunities:
    """What a company follows, and what fits one of its profiles with at least ``least`` points.

    None leaves it at what is followed. What is over or called off is among it: a calendar keeps it. Each has
    its ``follow``, for ``followed_in``.
    """
    followed = followed_opportunities(company, at=at)
    visible = visible_opportunities(to=company, at=at)
    wanted = Q(pk__in=followed.values("pk"))
    if least is not None:
        wanted |= Q(pk__in=_fitting(company, least=least).values("opportunity"))
    return (
        visible.filter(wanted)
        .annotate(follow=follow_on("pk", by=company))
        .defer("search_vector", "description")
    )


def _fitting(company: Company, *, least: int) -> QuerySet[Match]:
    dismissed = Verdict.objects.dismissals().filter(
        profile=OuterRef("profile"), opportunity=OuterRef("opportunity")
    )
    return Match.objects.filter(
        ~Exists(dismissed),
        profile__company=company,
        profile__retired_at=None,
        score__gte=least,
        profile__minimum_score__lte=F("score"),
    )

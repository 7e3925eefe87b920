from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject

from matching.models import Follow
from matching.selectors.outcomes import outcomes_on
from opportunities.selectors import (
    Opportunities,
    has_ended,
    processes_read_in,
    stage_reached_at,
    visible_opportunities,
)
from portal.accounts.models import Company

# As long as it is news that something which is followed has ended
ENDED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Followed:
    """Who of the company began to follow something, and when."""

    by_name: str
    since: datetime


def followed_opportunities(company: Company, *, at: datetime) -> Opportunities:
    """What a company follows and may know of. What it follows of a merged tender, it follows as the whole."""
    return visible_opportunities(to=company, at=at).filter(pk__in=followed_by(company))


def ended_lately(company: Company, *, at: datetime) -> Opportunities:
    """What a company follows and has left its lists in ENDED_FOR, because it was cancelled or awarded.

    The latest first, each with ``stage_since``.
    """
    ended = followed_opportunities(company, at=at).filter(has_ended())
    told = ended.annotate(stage_since=stage_reached_at("pk")).filter(stage_since__gt=at - ENDED_FOR)
    return told.defer("search_vector", "description").order_by("-stage_since", "pk")


def followed_by(company: Company) -> QuerySet[Follow, int]:
    """To ask whether an opportunity is among those that a company follows."""
    standing = Follow.objects.standing().filter(company=company)
    return standing.values_list(Coalesce("opportunity__merged_into", "opportunity"), flat=True)


def followed_in_order(company: Company, *, at: datetime) -> Opportunities:
    """The open ones first, those that close next on top, and then what is over, the latest on top.

    Each with its ``follow``, for ``followed_in``, its ``told_outcomes``, for ``outcomes_in``, and
    ``stage_since``: when it came to its stage, if told.
    """
    followed = followed_opportunities(company, at=at).defer("search_vector", "description")
    still_open = Q(pk__in=followed.open_at(at).values("pk"))
    ahead = Case(When(still_open, then="submission_deadline"))
    behind = Case(When(~still_open, then=Coalesce("submission_deadline", "recorded_at")))
    told = followed.annotate(
        follow=follow_on("pk", by=company),
        told_outcomes=outcomes_on("pk", of=company),
        stage_since=stage_reached_at("pk"),
    )
    return told.order_by(
        Case(When(still_open, then=0), default=1), ahead.asc(nulls_last=True), behind.desc(), "pk"
    )


def follow_on(opportunity: str, *, by: Company) -> Subquery:
    """What a query knows of a company's follow of the opportunity that it reaches by this path."""
    standing = Follow.objects.standing().filter(opportunity__in=processes_read_in(opportunity), company=by)
    return Subquery(
        standing.order_by("pk").values(told=JSONObject(by_name="by__name", since="created_at"))[:1]
    )


def followed_in(row: object) -> Followed | None:
    """What such a query found for one of its rows, under the name ``follow``."""
    told: dict[str, Any] | None = vars(row)["follow"]
    return Followed(told["by_name"], datetime.fromisoformat(told["since"])) if told else None

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject

from matching.models import Follow
from opportunities.selectors import Opportunities, visible_opportunities
from portal.accounts.models import Company


@dataclass(frozen=True, slots=True)
class Followed:
    """Who of the company began to follow something, and when."""

    by_name: str
    since: datetime


def followed_opportunities(company: Company, *, at: datetime) -> Opportunities:
    """What a company follows and may know of. What it follows of a merged tender, it follows as the whole."""
    return visible_opportunities(to=company, at=at).filter(pk__in=followed_by(company))


def followed_by(company: Company) -> QuerySet[Follow, int]:
    """To ask whether an opportunity is among those that a company follows."""
    standing = Follow.objects.standing().filter(company=company)
    return standing.values_list(Coalesce("opportunity__merged_into", "opportunity"), flat=True)


def followed_in_order(company: Company, *, at: datetime) -> Opportunities:
    """The open ones first, those that close next on top, and then what is over, the latest on top.

    Each with its ``follow``, for ``followed_in``.
    """
    followed = followed_opportunities(company, at=at).defer("search_vector", "description")
    still_open = Q(pk__in=followed.open_at(at).values("pk"))
    ahead = Case(When(still_open, then="submission_deadline"))
    behind = Case(When(~still_open, then=Coalesce("submission_deadline", "recorded_at")))
    return followed.annotate(follow=follow_on("pk", by=company)).order_by(
        Case(When(still_open, then=0), default=1), ahead.asc(nulls_last=True), behind.desc(), "pk"
    )


def follow_on(opportunity: str, *, by: Company) -> Subquery:
    """What a query knows of a company's follow of the opportunity that it reaches by this path."""
    parts = Q(opportunity=OuterRef(opportunity)) | Q(opportunity__merged_into=OuterRef(opportunity))
    standing = Follow.objects.standing().filter(parts, company=by).order_by("pk")
    return Subquery(standing.values(told=JSONObject(by_name="by__name", since="created_at"))[:1])


def followed_in(row: object) -> Followed | None:
    """What such a query found for one of its rows, under the name ``follow``."""
    told: dict[str, Any] | None = vars(row)["follow"]
    return Followed(told["by_name"], datetime.fromisoformat(told["since"])) if told else None

"""What a company has to do with projects: which it follows, how well they fit, what became of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from matching.models import Match, ProjectFollow
from opportunities.project_selectors import Projects, TenderedProject, tendered_projects, visible_projects
from portal.accounts.models import Company

# As long as it is news on a page that something which is followed has been tendered.
TENDERED_FOR = timedelta(days=30)


def followed_projects(company: Company, *, at: datetime) -> Projects:
    """What a company follows and may know of."""
    standing = ProjectFollow.objects.standing().filter(company=company)
    return visible_projects(to=company, at=at).filter(pk__in=standing.values("project"))


def project_follow_on(*, by: Company) -> Subquery:
    """What a query of projects knows of a company's follow of each, for ``followed_in``."""
    standing = ProjectFollow.objects.standing().filter(project=OuterRef("pk"), company=by)
    return Subquery(standing.values(told=JSONObject(by_name="by__name", since="created_at"))[:1])


def fits_of(company: Company, opportunity_ids: Collection[int]) -> dict[int, int]:
    """The best score of each by any of the company's current profiles. One query.

    Ask only about what came through the door.
    """
    own = Match.objects.filter(
        profile__company=company, profile__retired_at=None, opportunity__in=opportunity_ids
    )
    return dict(own.order_by().values_list("opportunity").annotate(Max("score")))


def tendered_news(company: Company, *, at: datetime) -> list[TenderedProject]:
    """What the company follows and has lately come to a tender that is open, the latest first.

    One query where there is none.
    """
    lately = followed_projects(company, at=at).filter(Q(told_tendered_at__gt=at - TENDERED_FOR))
    return [told for told in tendered_projects(lately, to=company, at=at) if told.tender.is_open_at(at)]

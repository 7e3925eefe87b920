from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from matching.models import Follow, FollowQuerySet
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company, User


def follow_opportunity(opportunity_id: int, *, company: Company, by: User, now: datetime) -> Follow | None:
    """Let a company follow an opportunity. None where it may know of none by that number.

    Following twice is following once, whoever of the company did it first.
    """
    if not visible_opportunities(to=company, at=now).filter(pk=opportunity_id).exists():
        return None
    known = _standing(opportunity_id, company).first()
    if known is not None:
        return known
    # Of those who get here at the same moment the database lets one in, and gives the others its row.
    follow, _ = Follow.objects.standing().get_or_create(
        company=company, opportunity_id=opportunity_id, defaults={"by": by, "created_at": now}
    )
    return follow


def unfollow_opportunity(opportunity_id: int, *, company: Company, now: datetime) -> None:
    """End what the company follows of an opportunity. Ending again keeps the first moment."""
    _standing(opportunity_id, company).update(ended_at=now)


def _standing(opportunity_id: int, company: Company) -> FollowQuerySet:
    """Of the opportunity, or of something that is read as a part of it."""
    parts = Q(opportunity=opportunity_id) | Q(opportunity__merged_into=opportunity_id)
    return Follow.objects.standing().filter(parts, company=company)

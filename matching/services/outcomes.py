"""What companies tell has become of what they follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from matching.models import Follow, Outcome
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company, User

_WITH_REASON = (Outcome.Stage.LOST, Outcome.Stage.NO_BID)


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """How far a company came; "" takes back what was told. Only what ended badly has a reason."""

    stage: str
    reason: str = ""


@transaction.atomic
def tell_outcome(
    opportunity_id: int, told: ToldOutcome, *, company: Company, by: User, now: datetime
) -> bool:
    """Let what a company tells stand in place of what it told before; the same again changes nothing.

    False where the company may know of no such opportunity, or doesn't follow it.
    """
    if not visible_opportunities(to=company, at=now).filter(pk=opportunity_id).exists():
        return False
    parts = Q(opportunity=opportunity_id) | Q(opportunity__merged_into=opportunity_id)
    # Of two who tell at once, one waits for the other at what they both follow.
    following = Follow.objects.standing().filter(parts, company=company)
    if not list(following.select_for_update(of=("self",), no_key=True).order_by("pk")):
        return False
    reason = told.reason if told.stage in _WITH_REASON else ""
    standing = Outcome.objects.standing().filter(parts, company=company)
    former = standing.order_by("-told_at", "-pk").first()
    if (former.stage, former.reason) == (told.stage, reason) if former else not told.stage:
        return True
    standing.update(replaced_at=now)
    if told.stage:
        Outcome.objects.create(
            company=company,
            opportunity_id=opportunity_id,
            stage=told.stage,
            reason=reason,
            told_by=by,
            told_at=now,
        )
    return True

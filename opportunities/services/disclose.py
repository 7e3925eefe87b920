from __future__ import annotations

from datetime import datetime

from django.db import transaction

from opportunities.models import Disclosure, Opportunity
from portal.accounts.models import User


@transaction.atomic
def disclose_opportunity(opportunity_id: int, *, from_: datetime, by: User, now: datetime) -> Opportunity:
    """Let every company see an opportunity from one moment on. The office's decision, kept on record.

    Deciding the same again adds nothing to the record. A moment that has passed counts from now: nobody can
    have seen it earlier than it was decided.
    """
    opportunity = Opportunity.objects.select_for_update(no_key=True).get(pk=opportunity_id)
    if opportunity.disclosed_from is not None and opportunity.disclosed_from <= now:
        return opportunity
    return _decide(opportunity, max(from_, now), by=by, now=now)


@transaction.atomic
def withdraw_disclosure(opportunity_id: int, *, by: User, now: datetime) -> Opportunity:
    """Hide an opportunity from every company again. What was mailed before can't be called back."""
    opportunity = Opportunity.objects.select_for_update(no_key=True).get(pk=opportunity_id)
    if opportunity.disclosed_from is None:
        return opportunity
    return _decide(opportunity, None, by=by, now=now)


def _decide(opportunity: Opportunity, moment: datetime | None, *, by: User, now: datetime) -> Opportunity:
    Disclosure.objects.create(opportunity=opportunity, decided_by=by, decided_at=now, disclosed_from=moment)
    opportunity.disclosed_from = moment
    opportunity.save(update_fields=["disclosed_from"])
    return opportunity

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opportunities.models import Disclosure, Opportunity
from opportunities.services.groups import Group, lock_groups
from portal.accounts.models import User


@transaction.atomic
def disclose_opportunity(opportunity_id: int, *, from_: datetime, by: User, now: datetime) -> Opportunity:
    """Let every company see an opportunity from one moment on. The office's decision, kept on record.

    Deciding the same again adds nothing to the record. A moment that has passed counts from now: nobody can
    have seen it earlier than it was decided. Of merged opportunities all are meant.
    """
    (group,) = lock_groups(Q(pk=opportunity_id))
    if group.root.disclosed_from is not None and group.root.disclosed_from <= now:
        return group.root
    return disclose_group(group, max(from_, now), by=by, now=now)


@transaction.atomic
def withdraw_disclosure(opportunity_id: int, *, by: User, now: datetime) -> Opportunity:
    """Hide an opportunity from every company again. What was mailed before can't be called back."""
    (group,) = lock_groups(Q(pk=opportunity_id))
    if group.root.disclosed_from is None:
        return group.root
    return disclose_group(group, None, by=by, now=now)


def disclose_group(group: Group, moment: datetime | None, *, by: User, now: datetime) -> Opportunity:
    """Put a decision on record for each process of a group that is locked, so that it outlasts a split."""
    Disclosure.objects.bulk_create(
        Disclosure(opportunity=row, decided_by=by, decided_at=now, disclosed_from=moment) for row in group.all
    )
    Opportunity.objects.filter(pk__in=group.pks).update(disclosed_from=moment)
    for row in group.all:
        row.disclosed_from = moment
    return group.root

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opportunities.chain import Detail, Entry, LedgerKind
from opportunities.models import Disclosure, Opportunity
from opportunities.services.groups import Group, lock_groups
from opportunities.services.ledger import write_entries
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
    write_entries([disclose_group(group, max(from_, now), by=by, now=now)])
    return group.root


@transaction.atomic
def withdraw_disclosure(opportunity_id: int, *, by: User, now: datetime) -> Opportunity:
    """Hide an opportunity from every company again. What was mailed before can't be called back."""
    (group,) = lock_groups(Q(pk=opportunity_id))
    if group.root.disclosed_from is None:
        return group.root
    write_entries([disclose_group(group, None, by=by, now=now)])
    return group.root


def disclose_group(group: Group, moment: datetime | None, *, by: User, now: datetime) -> Entry:
    """Put a decision on record for each process of a group that is locked, so that it outlasts a split.

    Return what the caller has to write into the ledger before its transaction ends.
    """
    entry = entry_on(group, moment, by=by, now=now)
    Disclosure.objects.bulk_create(
        Disclosure(opportunity=row, decided_by=by, decided_at=now, disclosed_from=moment) for row in group.all
    )
    Opportunity.objects.filter(pk__in=group.pks).update(disclosed_from=moment)
    for row in group.all:
        row.disclosed_from = moment
    return entry


def entry_on(
    group: Group, moment: datetime | None, *, by: User | None, now: datetime, follows_from: str = ""
) -> Entry:
    """What the ledger will say of a group that is seen from ``moment`` on, and was otherwise until now.

    ``follows_from`` names what led to it where nobody decided it.
    """
    details: dict[str, Detail] = {}
    if follows_from:
        details["follows_from"] = follows_from
    if group.root.disclosed_from is not None:
        details["before"] = group.root.disclosed_from.isoformat()
    if group.others:
        details["merged"] = [row.pk for row in group.others]
    return Entry(
        kind=_kind(group.root.disclosed_from, moment),
        at=now,
        by=None if by is None else by.pk,
        opportunity=group.root.pk,
        rule={},
        visible_from=moment,
        details=details,
    )


def _kind(before: datetime | None, after: datetime | None) -> LedgerKind:
    if after is None:
        return LedgerKind.WITHDRAWN
    return LedgerKind.DISCLOSED if before is None else LedgerKind.CORRECTED

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from opportunities.audience import EVERYONE, Audience
from opportunities.chain import Detail, Entry, LedgerKind
from opportunities.models import Disclosure, Opportunity
from opportunities.services.groups import Group, lock_groups
from opportunities.services.ledger import write_entries
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Decision:
    """From when on whom it concerns may see something, and why. ``moment`` None: nobody any more."""

    moment: datetime | None
    to: Audience = EVERYONE
    because: str = ""


@transaction.atomic
def disclose_opportunity(  # noqa: PLR0913  a decision has so many sides
    opportunity_id: int,
    *,
    from_: datetime,
    by: User,
    now: datetime,
    to: Audience = EVERYONE,
    because: str = "",
) -> Opportunity:
    """Let every company that the rule means see an opportunity from one moment on.

    The office's decision, kept on record and in the ledger. What can be seen already stays as it is
    (``correct_disclosure``), and deciding the same again adds nothing. A moment that has passed counts from
    now: nobody can have seen it earlier than it was decided. Of merged opportunities all are meant.
    """
    (group,) = lock_groups(Q(pk=opportunity_id))
    if group.root.disclosed_from is not None and group.root.disclosed_from <= now:
        return group.root
    return _decide(group, Decision(max(from_, now), to, because), by=by, now=now)


@transaction.atomic
def correct_disclosure(  # noqa: PLR0913  a decision has so many sides
    opportunity_id: int, *, from_: datetime, to: Audience, because: str, by: User, now: datetime
) -> Opportunity:
    """Change the moment or the rule of what is disclosed, and say why.

    It counts from now at the earliest: whoever the new rule adds sees it from then on, and the ledger says
    so. A moment still to come hides until then what could be seen. Saying what stands changes nothing, and
    what isn't disclosed can't be corrected.
    """
    (group,) = lock_groups(Q(pk=opportunity_id))
    known = group.root.disclosed_from
    if known is None or (group.root.audience == to and known in (from_, max(from_, now))):
        return group.root
    return _decide(group, Decision(max(from_, now), to, because), by=by, now=now)


@transaction.atomic
def withdraw_disclosure(opportunity_id: int, *, by: User, now: datetime, because: str = "") -> Opportunity:
    """Hide an opportunity from every company again. What was mailed before can't be called back."""
    (group,) = lock_groups(Q(pk=opportunity_id))
    if group.root.disclosed_from is None:
        return group.root
    return _decide(group, Decision(None, because=because), by=by, now=now)


def _decide(group: Group, decision: Decision, *, by: User, now: datetime) -> Opportunity:
    write_entries([disclose_group(group, decision, by=by, now=now)])
    return group.root


def disclose_group(group: Group, decision: Decision, *, by: User, now: datetime) -> Entry:
    """Put a decision on record for each process of a group that is locked, so that it outlasts a split.

    Return what the caller has to write into the ledger before its transaction ends.
    """
    entry = entry_on(group, decision, by=by, now=now)
    domains, regions = list(decision.to.domains), list(decision.to.regions)
    Disclosure.objects.bulk_create(
        Disclosure(
            opportunity=row,
            decided_by=by,
            decided_at=now,
            disclosed_from=decision.moment,
            audience_domains=domains,
            audience_regions=regions,
            because=decision.because,
        )
        for row in group.all
    )
    Opportunity.objects.filter(pk__in=group.pks).update(
        disclosed_from=decision.moment, audience_domains=domains, audience_regions=regions
    )
    for row in group.all:
        show(row, decision)
    return entry


def show(row: Opportunity, decision: Decision) -> None:
    """Let a row that isn't written yet be seen as was decided."""
    row.disclosed_from = decision.moment
    row.audience_domains = list(decision.to.domains)
    row.audience_regions = list(decision.to.regions)


def entry_on(
    group: Group, decision: Decision, *, by: User | None, now: datetime, follows_from: str = ""
) -> Entry:
    """What the ledger will say of a group that is seen otherwise from now on.

    ``follows_from`` names what led to it where nobody decided it.
    """
    root = group.root
    details: dict[str, Detail] = {}
    if follows_from:
        details["follows_from"] = follows_from
    if root.disclosed_from is not None:
        details["before"] = {"visible_from": root.disclosed_from.isoformat(), "rule": root.audience.as_rule()}
    if group.others:
        details["merged"] = [row.pk for row in group.others]
    return Entry(
        kind=_kind(root.disclosed_from, decision.moment),
        at=now,
        by=None if by is None else by.pk,
        opportunity=root.pk,
        rule=decision.to.as_rule(),
        visible_from=decision.moment,
        because=decision.because,
        details=details,
    )


def _kind(before: datetime | None, after: datetime | None) -> LedgerKind:
    if after is None:
        return LedgerKind.WITHDRAWN
    return LedgerKind.DISCLOSED if before is None else LedgerKind.CORRECTED

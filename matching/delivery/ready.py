"""Mails as they are to be sent now: everything asked again, for many at a time."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet

from matching.delivery.alerts import alerts_due
from matching.delivery.composing import Draft, compose_digests
from matching.delivery.digest import Digest
from matching.delivery.due import DueOpportunity, due_to_each
from matching.delivery.hindrances import NOT_WANTED, NOTHING_LEFT, hindrance_of, waits_until
from matching.delivery.message import digest_message, message_id_of
from matching.delivery.owing import following, note_told
from matching.delivery.suppressing import suppressed_among
from matching.delivery.tendered import Pair, TenderedLine, tendered_due, without_tendered
from matching.models import (
    LATE_AFTER,
    DeliveredOpportunity,
    DeliveredProject,
    Delivery,
    MailHold,
    Subscription,
)

logger = logging.getLogger(__name__)

# An opportunity at a revision, in a section, because of a subscription
_Line = tuple[int, int, str, int | None]


@dataclass(frozen=True, slots=True)
class ReadyMail:
    """A mail that may be sent, unless something that it relies on changes first."""

    delivery: Delivery
    subscriptions: Sequence[Subscription]  # that it is about
    digest: Digest
    message_id: str
    late_from: datetime | None

    @property
    def is_checked_at_last(self) -> bool:
        """Whether ``hand_over`` looks at all it tells. Of other kinds there is little: read when sent."""
        return not (self.delivery.is_alert or self.digest.tendered)

    def message(self) -> EmailMultiAlternatives:
        return digest_message(
            self.delivery.recipient, self.digest, message_id=self.message_id, late_from=self.late_from
        )


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A delivery that may be sent, what it holds, and what its person wants mail about."""

    delivery: Delivery
    wanted: Sequence[Subscription]
    lines: Collection[_Line]
    pairs: Collection[Pair]

    @property
    def about(self) -> list[Subscription]:
        because = {subscription for _, _, _, subscription in self.lines}
        return [subscription for subscription in self.wanted if subscription.pk in because]

    @property
    def opportunities(self) -> set[int]:
        return {opportunity for opportunity, _, _, _ in self.lines}


@transaction.atomic
def ready_mails(delivery_ids: Collection[int], *, now: datetime) -> list[ReadyMail]:
    """Those of these deliveries that are to be sent now, written; one a person at most.

    What must not be sent, and what has nothing left to tell, is dropped. What waits for its reader's morning
    is put off; what another holds, and a held day's, is passed over. Fewer than twenty queries and one for
    each company that is read for; for alerts, and for projects that were tendered, their own.
    """
    waiting = [each for each in _waiting(_sendable(_claimed(delivery_ids), now=now)) if _is_wanted(each)]
    drafts = [
        Draft(
            each.about or each.wanted,
            without_tendered(due, tendered),
            tendered,
            delivery_id=each.delivery.pk,
        )
        for each, due, tendered in zip(
            waiting, _due(waiting, now=now), _tendered(waiting, now=now), strict=True
        )
    ]
    composed = zip(waiting, drafts, compose_digests(drafts, now=now), strict=True)
    ready = [_ready(each, draft, digest, now=now) for each, draft, digest in composed if not digest.is_empty]
    told = {mail.delivery.pk for mail in ready}
    for each in waiting:
        if each.delivery.pk not in told:
            _drop([each.delivery], NOTHING_LEFT if each.about or each.pairs else NOT_WANTED)
    _hold([(each, mail) for each in waiting for mail in ready if mail.delivery is each.delivery])
    return ready


def _claimed(delivery_ids: Collection[int]) -> QuerySet[Delivery]:
    unsent = Delivery.objects.unsent().exclude(run__period__in=MailHold.objects.held_days())
    locked = unsent.select_for_update(skip_locked=True, of=("self",))
    return locked.select_related("run", "recipient__user").filter(pk__in=delivery_ids).order_by("pk")


def _sendable(deliveries: QuerySet[Delivery], *, now: datetime) -> list[Delivery]:
    """Without what must not be sent, or not yet."""
    # Of two to one person the second would tell what the first is about to.
    first: dict[int, Delivery] = {}
    for delivery in deliveries:
        first.setdefault(delivery.recipient_id, delivery)
    suppressed = suppressed_among({each.recipient.address for each in first.values()})
    days = set(MailHold.objects.dropped_days())
    dropped: dict[str, list[Delivery]] = defaultdict(list)
    sendable: list[Delivery] = []
    for delivery in first.values():
        if hindrance := hindrance_of(delivery, suppressed, days, now=now):
            dropped[hindrance].append(delivery)
        elif morning := waits_until(delivery, now=now):
            delivery.retry_at = morning
            delivery.save(update_fields=["retry_at"])
        else:
            sendable.append(delivery)
    for because, those in dropped.items():
        _drop(those, because)
    return sendable


def _waiting(deliveries: Sequence[Delivery]) -> list[_Waiting]:
    wanted: dict[int, list[Subscription]] = defaultdict(list)
    lines: dict[int, set[_Line]] = defaultdict(set)
    pairs: dict[int, set[Pair]] = defaultdict(set)
    if deliveries:
        recipients = [each.recipient_id for each in deliveries]
        subscriptions = Subscription.objects.wanted().filter(recipient__in=recipients)
        for subscription in subscriptions.with_what_is_read().order_by("pk"):
            wanted[subscription.recipient_id].append(subscription)
        told = DeliveredOpportunity.objects.filter(delivery__in=deliveries)
        names = ("opportunity", "revision", "section", "subscription")
        for key, opportunity, revision, section, because in told.values_list("delivery", *names):
            lines[key].add((opportunity, revision, section, because))
        projects = DeliveredProject.objects.filter(delivery__in=deliveries)
        for key, project, tender in projects.values_list("delivery", "project", "tender"):
            pairs[key].add((project, tender))
    return [
        _Waiting(each, tuple(wanted[each.recipient_id]), lines[each.pk], pairs[each.pk])
        for each in deliveries
    ]


def _is_wanted(waiting: _Waiting) -> bool:
    if not waiting.wanted:
        _drop([waiting.delivery], NOT_WANTED)
    return bool(waiting.wanted)


def _due(waiting: Sequence[_Waiting], *, now: datetime) -> list[tuple[DueOpportunity, ...]]:
    digests = [each for each in waiting if not each.delivery.is_alert]
    found = due_to_each(
        [each.about for each in digests],
        now=now,
        among=[each.opportunities for each in digests],
        besides=[each.delivery.pk for each in digests],
    )
    due = {each.delivery.pk: own for each, own in zip(digests, found, strict=True)}
    for each in waiting:
        if each.delivery.is_alert:
            key = each.delivery.pk
            due[key] = alerts_due(each.about, now=now, among=each.opportunities, besides=key)
    return [due[each.delivery.pk] for each in waiting]


def _tendered(waiting: Sequence[_Waiting], *, now: datetime) -> list[tuple[TenderedLine, ...]]:
    return [
        tendered_due(
            each.delivery.recipient,
            following(each.wanted),
            now=now,
            among=each.pairs,
            besides=each.delivery.pk,
        )
        if each.pairs
        else ()
        for each in waiting
    ]


def _ready(waiting: _Waiting, draft: Draft, digest: Digest, *, now: datetime) -> ReadyMail:
    delivery = waiting.delivery
    return ReadyMail(
        delivery=delivery,
        subscriptions=draft.subscriptions,
        digest=replace(digest, is_alert=delivery.is_alert),
        message_id=message_id_of(delivery),
        late_from=delivery.owed_at if now - delivery.owed_at >= LATE_AFTER else None,
    )


def _hold(mails: Sequence[tuple[_Waiting, ReadyMail]]) -> None:
    """Make what they tell, and nothing else, what they count as telling. Mostly it is already."""
    other = [mail for waiting, mail in mails if not _holds(waiting, mail.digest)]
    if not other:
        return
    keys = [mail.delivery.pk for mail in other]
    DeliveredProject.objects.filter(delivery__in=keys).delete()
    DeliveredOpportunity.objects.filter(delivery__in=keys).delete()
    note_told(
        [
            (mail.delivery, tuple(line.due for line in mail.digest.lines), mail.digest.tendered)
            for mail in other
        ]
    )


def _holds(waiting: _Waiting, digest: Digest) -> bool:
    told = {
        (due.opportunity_id, due.revision_id, due.section, due.subscription_id)
        for due in (line.due for line in digest.lines)
    }
    projects = {(line.project_id, line.tender_id) for line in digest.tendered}
    return waiting.lines == told and waiting.pairs == projects


def _drop(deliveries: Collection[Delivery], because: str) -> None:
    keys = [delivery.pk for delivery in deliveries]
    DeliveredOpportunity.objects.filter(delivery__in=keys).delete()
    DeliveredProject.objects.filter(delivery__in=keys).delete()
    Delivery.objects.filter(pk__in=keys).update(dropped_because=because)
    logger.info("digests dropped", extra={"deliveries": keys, "because": because})

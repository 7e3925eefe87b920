"""Owe, then send. Both are told the time, and both may be called again at any moment."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from matching.delivery.digest import compose_digest
from matching.delivery.due import DueMatch, matches_due
from matching.delivery.message import digest_message, message_id_of
from matching.delivery.tendered import TenderedLine, tendered_due
from matching.delivery.timetable import WORKING_DAYS, period_began
from matching.models import DeliveredMatch, DeliveredProject, Delivery, DigestRun, Subscription
from portal.lib.clocks import STOCKHOLM

logger = logging.getLogger(__name__)

NOTHING_LEFT = "nothing left to tell"
NOT_WANTED = "subscription ended, or its person may no longer read it"


def owe_daily_digests(period: date, *, now: datetime) -> DigestRun:
    """Decide what every subscriber is told in ``period``; owe a delivery to each that is told something.

    ``period`` is a day. Whoever is written to weekly is decided about on the first day of the week that is
    theirs on which there is a run. A period is decided once, whatever its subscriber changes meanwhile:
    later calls change nothing. After a crash the next call goes on where it stopped, for each subscriber
    is decided in a transaction of its own.
    """
    run, _ = DigestRun.objects.get_or_create(period=period, defaults={"started_at": now})
    if run.decided_at is not None:
        return run
    undecided = Subscription.objects.wanted().filter(_undecided_on(period)).order_by("pk")
    for subscription_id in list(undecided.values_list("pk", flat=True)):
        _owe_digest(run, subscription_id, now=now)
    if DigestRun.objects.filter(pk=run.pk, decided_at=None).update(decided_at=now):
        logger.info("digests decided", extra={"period": str(period), "owed": run.deliveries.count()})
    run.refresh_from_db()
    return run


def _undecided_on(day: date) -> Q:
    """Those whose period that ``day`` lies in has not been decided."""
    undecided = Q(weekday=None) & (Q(decided_on=None) | Q(decided_on__lt=day))
    for weekday in WORKING_DAYS:
        began = period_began(day, weekday)
        # Whoever came in the middle of a week begins with the next.
        came_before = Q(created_at__lt=datetime.combine(began + timedelta(days=1), time.min, STOCKHOLM))
        undecided |= Q(weekday=weekday) & (Q(decided_on__lt=began) | (Q(decided_on=None) & came_before))
    return undecided


@transaction.atomic
def _owe_digest(run: DigestRun, subscription_id: int, *, now: datetime) -> None:
    # Waits for another decider rather than leaving: the run is decided only when every row has been.
    subscription = (
        Subscription.objects.wanted()
        .filter(_undecided_on(run.period))
        .select_for_update(of=("self",))
        .select_related("user", "profile__company")
        .filter(pk=subscription_id)
        .first()
    )
    if subscription is None:
        return
    Subscription.objects.filter(pk=subscription.pk).update(decided_on=run.period)
    due, tendered = matches_due(subscription, now=now), tendered_due(subscription, now=now)
    if due or tendered:
        delivery = Delivery.objects.create(run=run, subscription=subscription, owed_at=now, retry_at=now)
        _hold(delivery, due, tendered)


@transaction.atomic
def send_delivery(delivery_id: int, *, now: datetime) -> bool:
    """Send one owed digest. Return False if it was sent or dropped before, is being sent, or is dropped now.

    Everything is asked again, for between owing and sending the office may have withdrawn something and
    the reader may have unsubscribed. What isn't sent doesn't count as told. At least once, not exactly
    once: a crash after the mail server accepted it sends it again under the same Message-ID
    (docs/decisions/0003-at-least-once-mail.md). The mail server's errors are raised and leave the
    delivery as it was.
    """
    delivery = (
        Delivery.objects.unsent()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("run", "subscription__user", "subscription__profile__company")
        .filter(pk=delivery_id)
        .first()
    )
    if delivery is None:
        return False
    if not Subscription.objects.wanted().filter(pk=delivery.subscription_id).exists():
        return _drop(delivery, NOT_WANTED)
    held = tuple(delivery.delivered_matches.values_list("match_id", flat=True))
    due = matches_due(delivery.subscription, now=now, among=held, besides=delivery.pk)
    pairs = set(delivery.delivered_projects.values_list("project", "tender"))
    tendered = tendered_due(delivery.subscription, now=now, among=pairs, besides=delivery.pk) if pairs else ()
    digest = compose_digest(delivery.subscription, due, tendered, delivery_id=delivery.pk, now=now)
    if digest.is_empty:
        return _drop(delivery, NOTHING_LEFT)

    _hold(delivery, tuple(line.due for line in digest.lines), digest.tendered)
    delivery.message_id = message_id_of(delivery)
    message = digest_message(delivery.subscription, digest, message_id=delivery.message_id)
    delivery.recipient = delivery.subscription.user.email
    delivery.subject = str(message.subject)
    delivery.body_text = str(message.body)
    delivery.body_html = str(message.alternatives[0][0])
    delivery.sent_at = now
    delivery.save()
    message.send()
    logger.info("digest sent", extra={"delivery": delivery.pk, "matches": len(digest.lines)})
    return True


def _hold(delivery: Delivery, due: tuple[DueMatch, ...], tendered: tuple[TenderedLine, ...]) -> None:
    """Make these, and no others, what the delivery counts as telling."""
    delivery.delivered_projects.all().delete()
    DeliveredProject.objects.bulk_create(
        DeliveredProject(delivery=delivery, project_id=line.project_id, tender_id=line.tender_id)
        for line in tendered
    )
    delivery.delivered_matches.all().delete()
    DeliveredMatch.objects.bulk_create(
        DeliveredMatch(
            delivery=delivery, match_id=match.match_id, revision_id=match.revision_id, section=match.section
        )
        for match in due
    )


def _drop(delivery: Delivery, because: str) -> bool:
    delivery.delivered_matches.all().delete()
    delivery.delivered_projects.all().delete()
    delivery.dropped_because = because
    delivery.save(update_fields=["dropped_because"])
    logger.info("digest dropped", extra={"delivery": delivery.pk, "because": because})
    return False


def end_subscription(subscription_id: int, *, now: datetime) -> None:
    """Stop the mail at once. Ending again keeps the first moment."""
    Subscription.objects.filter(pk=subscription_id, ended_at=None).update(ended_at=now)


def resume_subscription(subscription_id: int) -> None:
    Subscription.objects.filter(pk=subscription_id).update(ended_at=None)

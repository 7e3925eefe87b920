"""Owe, then send. Both are told the time, and both may be called again at any moment."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q

from matching.delivery.digest import compose_digest
from matching.delivery.due import DueOpportunity, due_to
from matching.delivery.message import digest_message, message_id_of
from matching.delivery.pausing import current_pause
from matching.delivery.refusals import note_refusal
from matching.delivery.suppressing import is_suppressed
from matching.delivery.tendered import TenderedLine, tendered_due
from matching.delivery.timetable import WORKING_DAYS, period_began
from matching.models import (
    LATE_AFTER,
    DeliveredOpportunity,
    DeliveredProject,
    Delivery,
    DigestRun,
    Recipient,
    Subscription,
    SubscriptionQuerySet,
)
from portal.accounts.models import Company
from portal.lib.clocks import STOCKHOLM
from portal.lib.locks import try_advisory_lock

logger = logging.getLogger(__name__)

NOTHING_LEFT = "nothing left to tell"
NOT_WANTED = "no subscription left, or its person may no longer read it"
SUPPRESSED = "the address is suppressed"
GIVEN_UP = "the mail server refused it for days"
# By then it has been tried for five days.
MOST_ATTEMPTS = 15


def owe_daily_digests(period: date, *, now: datetime) -> DigestRun:
    """Decide what everybody is told in ``period``; owe one delivery to each that is told something.

    ``period`` is a day. Whoever is written to weekly is decided about on the first day of the week that is
    theirs on which there is a run; who has several subscriptions gets those that fall on one day in one
    mail. A period is decided once, whatever is changed meanwhile: later calls change nothing. After a
    crash the next call goes on where it stopped, for each person is decided in a transaction of its own.
    """
    run, _ = DigestRun.objects.get_or_create(period=period, defaults={"started_at": now})
    if run.decided_at is not None:
        return run
    undecided = _undecided_in(run).order_by("recipient").distinct("recipient")
    for recipient_id in list(undecided.values_list("recipient", flat=True)):
        _owe_digest(run, recipient_id, now=now)
    if DigestRun.objects.filter(pk=run.pk, decided_at=None).update(decided_at=now):
        logger.info("digests decided", extra={"period": str(period), "owed": run.deliveries.count()})
    run.refresh_from_db()
    return run


def _undecided_in(run: DigestRun) -> SubscriptionQuerySet:
    """What a run has yet to decide. A person who has its mail already waits for the next run."""
    wanted = Subscription.objects.wanted().filter(_undecided_on(run.period))
    return wanted.exclude(recipient__deliveries__run=run)


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
def _owe_digest(run: DigestRun, recipient_id: int, *, now: datetime) -> None:
    # Waits for another decider rather than leaving: the run is decided only when every row has been.
    recipient = Recipient.objects.select_for_update(no_key=True).get(pk=recipient_id)
    subscriptions = _with_profiles(_undecided_in(run).filter(recipient=recipient))
    if not subscriptions:
        return
    keys = [subscription.pk for subscription in subscriptions]
    Subscription.objects.filter(pk__in=keys).update(decided_on=run.period)
    due = due_to(subscriptions, now=now)
    tendered = tendered_due(recipient, companies_of(subscriptions), now=now)
    if due or tendered:
        delivery = Delivery.objects.create(run=run, recipient=recipient, owed_at=now, retry_at=now)
        _hold(delivery, due, tendered)


def _with_profiles(subscriptions: SubscriptionQuerySet) -> list[Subscription]:
    return list(subscriptions.select_related("recipient__user", "profile__company").order_by("pk"))


def companies_of(subscriptions: Iterable[Subscription]) -> list[Company]:
    """For which somebody reads, each once."""
    return list({s.profile.company_id: s.profile.company for s in subscriptions}.values())


def send_delivery(delivery_id: int, *, now: datetime) -> bool:
    """Send one owed digest. Return False if it was sent or dropped before, is being sent, or is dropped now.

    Everything is asked again, for between owing and sending the office may have withdrawn something and
    the reader may have unsubscribed. What isn't sent doesn't count as told. While mail is paused nothing
    is done. At least once, not exactly once (docs/decisions/0003-at-least-once-mail.md): that it is handed
    over is noted before it is, so what a crash leaves in doubt is known, counted, and sent again under the
    same Message-ID. The mail server's errors are raised, and leave the delivery to be tried again.
    """
    # It ends with whoever holds it, so a killed sender's mail is anybody's at once.
    with try_advisory_lock(f"delivery {delivery_id}") as held:
        message = _ready(delivery_id, now=now) if held and current_pause() is None else None
        if message is None:
            return False
        try:
            message.send()
        except Exception as error:
            note_refusal(delivery_id, error, now=now)
            raise
        Delivery.objects.filter(pk=delivery_id).update(
            sent_at=now,
            subject=str(message.subject),
            body_text=str(message.body),
            body_html=str(message.alternatives[0][0]),
        )
    logger.info("digest sent", extra={"delivery": delivery_id})
    return True


@transaction.atomic
def _ready(delivery_id: int, *, now: datetime) -> EmailMultiAlternatives | None:
    """The mail as it is to be sent now, noted as handed over; None where nothing is to be sent."""
    delivery = (
        Delivery.objects.unsent()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("run", "recipient__user")
        .filter(pk=delivery_id)
        .first()
    )
    if delivery is None:
        return None
    recipient = delivery.recipient
    if is_suppressed(recipient.address):
        _drop(delivery, SUPPRESSED)
        return None
    if delivery.attempts >= MOST_ATTEMPTS:
        _drop(delivery, GIVEN_UP)
        return None
    wanted = _with_profiles(Subscription.objects.wanted().filter(recipient=recipient))
    if not wanted:
        _drop(delivery, NOT_WANTED)
        return None
    held = dict(delivery.delivered_opportunities.values_list("opportunity", "subscription"))
    about = [subscription for subscription in wanted if subscription.pk in held.values()]
    due = due_to(about, now=now, among=held, besides=delivery.pk)
    pairs = set(delivery.delivered_projects.values_list("project", "tender"))
    tendered = (
        tendered_due(recipient, companies_of(wanted), now=now, among=pairs, besides=delivery.pk)
        if pairs
        else ()
    )
    digest = compose_digest(about or wanted, due, tendered, delivery_id=delivery.pk, now=now)
    if digest.is_empty:
        _drop(delivery, NOTHING_LEFT if about or pairs else NOT_WANTED)
        return None

    _hold(delivery, tuple(line.due for line in digest.lines), digest.tendered)
    delivery.message_id = message_id_of(delivery)
    delivery.address = recipient.address
    delivery.doubts += delivery.handed_at is not None
    delivery.handed_at = now
    delivery.save(update_fields=["message_id", "address", "doubts", "handed_at"])
    late_from = delivery.owed_at if now - delivery.owed_at >= LATE_AFTER else None
    return digest_message(recipient, digest, message_id=delivery.message_id, late_from=late_from)


def _hold(delivery: Delivery, due: tuple[DueOpportunity, ...], tendered: tuple[TenderedLine, ...]) -> None:
    """Make these, and no others, what the delivery counts as telling."""
    delivery.delivered_projects.all().delete()
    DeliveredProject.objects.bulk_create(
        DeliveredProject(delivery=delivery, project_id=line.project_id, tender_id=line.tender_id)
        for line in tendered
    )
    delivery.delivered_opportunities.all().delete()
    DeliveredOpportunity.objects.bulk_create(
        DeliveredOpportunity(
            delivery=delivery,
            opportunity_id=each.opportunity_id,
            revision_id=each.revision_id,
            section=each.section,
            subscription_id=each.subscription_id,
        )
        for each in due
    )


def _drop(delivery: Delivery, because: str) -> None:
    delivery.delivered_opportunities.all().delete()
    delivery.delivered_projects.all().delete()
    delivery.dropped_because = because
    delivery.save(update_fields=["dropped_because"])
    logger.info("digest dropped", extra={"delivery": delivery.pk, "because": because})


def end_subscriptions(subscription_ids: Collection[int], *, now: datetime) -> None:
    """Stop these at once. Ending again keeps the first moment."""
    Subscription.objects.filter(pk__in=subscription_ids, ended_at=None).update(ended_at=now)


def resume_subscriptions(subscription_ids: Collection[int]) -> None:
    Subscription.objects.filter(pk__in=subscription_ids).update(ended_at=None)

"""Sending what is owed. Told the time, and may be called again at any moment."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from matching.delivery.alerts import alerts_due
from matching.delivery.digest import compose_digest
from matching.delivery.due import due_to
from matching.delivery.message import digest_message, message_id_of
from matching.delivery.owing import following, hold
from matching.delivery.pausing import current_pause
from matching.delivery.refusals import note_refusal
from matching.delivery.subscribing import habits_of
from matching.delivery.suppressing import is_suppressed
from matching.delivery.tendered import tendered_due
from matching.delivery.timetable import FROM
from matching.models import LATE_AFTER, Delivery, MailHold, Subscription
from portal.lib.locks import try_advisory_lock

logger = logging.getLogger(__name__)

NOTHING_LEFT = "nothing left to tell"
NOT_WANTED = "no subscription left, or its person may no longer read it"
SUPPRESSED = "the address is suppressed"
GIVEN_UP = "the mail server refused it for days"
STALE = "no news any more: the digest tells it"
NO_ALERTS = "its reader wants no alerts: the digest tells it"
# An alert that couldn't be sent for so long is none.
STALE_AFTER = timedelta(hours=12)
# By then it has been tried for five days.
MOST_ATTEMPTS = 15


def send_delivery(delivery_id: int, *, now: datetime) -> bool:
    """Send one owed digest. Return False if it was sent or dropped before, is being sent, or is dropped now.

    Everything is asked again, for between owing and sending the office may have withdrawn something and
    the reader may have unsubscribed. What isn't sent doesn't count as told. While mail is paused, or its day
    is held, nothing is done, and what was owed by day waits for its reader's morning. At least once, not
    exactly once (docs/decisions/0003-at-least-once-mail.md): that it is handed over is noted before it is,
    so what a crash leaves in doubt is known, counted, and sent again under the same Message-ID. The mail
    server's errors are raised, and leave the delivery to be tried again.
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
    logger.info("delivery sent", extra={"delivery": delivery_id})
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
    if delivery is None or (delivery.run and MailHold.objects.of_day(delivery.run.period).exists()):
        return None
    recipient = delivery.recipient
    if hindrance := _hindrance(delivery, now=now):
        _drop(delivery, hindrance)
        return None
    if morning := _morning(delivery, now=now):
        delivery.retry_at = morning
        delivery.save(update_fields=["retry_at"])
        return None
    wanted = list(
        Subscription.objects.wanted().filter(recipient=recipient).with_what_is_read().order_by("pk")
    )
    if not wanted:
        _drop(delivery, NOT_WANTED)
        return None
    held = dict(delivery.delivered_opportunities.values_list("opportunity", "subscription"))
    about = [subscription for subscription in wanted if subscription.pk in held.values()]
    find = alerts_due if delivery.is_alert else due_to
    due = find(about, now=now, among=held, besides=delivery.pk)
    pairs = set(delivery.delivered_projects.values_list("project", "tender"))
    tendered = (
        tendered_due(recipient, following(wanted), now=now, among=pairs, besides=delivery.pk) if pairs else ()
    )
    composed = compose_digest(about or wanted, due, tendered, delivery_id=delivery.pk, now=now)
    digest = replace(composed, is_alert=delivery.is_alert)
    if digest.is_empty:
        _drop(delivery, NOTHING_LEFT if about or pairs else NOT_WANTED)
        return None

    hold(delivery, tuple(line.due for line in digest.lines), digest.tendered)
    delivery.message_id = message_id_of(delivery)
    delivery.address = recipient.address
    delivery.doubts += delivery.handed_at is not None
    delivery.handed_at = now
    delivery.save(update_fields=["message_id", "address", "doubts", "handed_at"])
    late_from = delivery.owed_at if now - delivery.owed_at >= LATE_AFTER else None
    return digest_message(recipient, digest, message_id=delivery.message_id, late_from=late_from)


def _hindrance(delivery: Delivery, *, now: datetime) -> str:
    """Why it must not be sent, whatever it says; "" if it may."""
    if is_suppressed(delivery.recipient.address):
        return SUPPRESSED
    if delivery.is_alert and not delivery.recipient.wants_alerts:
        return NO_ALERTS
    if delivery.is_alert and now - delivery.owed_at >= STALE_AFTER:
        return STALE
    return GIVEN_UP if delivery.attempts >= MOST_ATTEMPTS else ""


def _morning(delivery: Delivery, *, now: datetime) -> datetime | None:
    """Until when it waits, since its reader is not to be written to now; None if it needn't.

    What was owed by night, somebody wanted by night: the operator's command.
    """
    habits = habits_of(delivery.recipient)
    if habits.awake_at(now) or not habits.awake_at(delivery.owed_at):
        return None
    is_of_a_day = delivery.run is not None and delivery.run.hour is None
    return habits.next_awake(now, from_hour=habits.send_hour if is_of_a_day else FROM.hour)


def _drop(delivery: Delivery, because: str) -> None:
    delivery.delivered_opportunities.all().delete()
    delivery.delivered_projects.all().delete()
    delivery.dropped_because = because
    delivery.save(update_fields=["dropped_because"])
    logger.info("digest dropped", extra={"delivery": delivery.pk, "because": because})

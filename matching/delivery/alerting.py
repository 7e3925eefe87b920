"""Owe what can't wait. Told the time, and may be called again at any moment."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from matching.delivery.alerts import alerts_due, bursting_publishers
from matching.delivery.owing import following, note_told
from matching.delivery.tendered import tendered_due, without_tendered
from matching.delivery.timetable import Habits
from matching.models import Delivery, Recipient, Subscription

MOST_A_DAY = 3  # mails; the rest comes with the digest
APART = timedelta(hours=1)

logger = logging.getLogger(__name__)


def owe_alerts(*, now: datetime) -> int:
    """Owe a mail to everybody for whom there is news that can't wait. Return how many.

    Never at night, nor at weekends who hasn't asked for it, nor to who wants none; three a day and an hour
    apart at most. What is told so counts as told: no digest repeats it, and what is left out comes with the
    digest.
    """
    bursting = bursting_publishers(now=now)
    wanted = Subscription.objects.wanted().values_list("recipient", flat=True)
    awake = [
        recipient.pk
        for recipient in Recipient.objects.filter(pk__in=wanted, wants_alerts=True).order_by("pk")
        if _day_of(recipient, now) is not None
    ]
    return sum(_owe_alert(pk, bursting, now=now) for pk in awake)


@transaction.atomic
def _owe_alert(recipient_id: int, bursting: Collection[str], *, now: datetime) -> bool:
    recipient = (
        Recipient.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=recipient_id).first()
    )
    if recipient is None:  # a digest is being decided: the next sweep sees what it left
        return False
    day = _day_of(recipient, now)
    told = recipient.deliveries.filter(alert_on__isnull=False)
    number = told.filter(alert_on=day).count()
    if day is None or number >= MOST_A_DAY or told.filter(owed_at__gt=now - APART).exists():
        return False
    wanted = Subscription.objects.wanted().filter(recipient=recipient)
    subscriptions = list(wanted.with_what_is_read().order_by("pk"))
    tendered = tendered_due(recipient, following(subscriptions), now=now)
    due = without_tendered(alerts_due(subscriptions, now=now, bursting=bursting), tendered)
    if not (due or tendered):
        return False
    delivery = Delivery.objects.create(
        recipient=recipient, alert_on=day, alert_number=number + 1, owed_at=now, retry_at=now
    )
    note_told([(delivery, due, tendered)])
    logger.info("alert owed", extra={"delivery": delivery.pk, "opportunities": len(due)})
    return True


def _day_of(recipient: Recipient, now: datetime) -> date | None:
    """The day on the reader's clock; None while no mail may come to them."""
    habits = Habits(recipient.time_zone, recipient.send_hour, recipient.wants_weekends)
    local = habits.awake_at(now)
    return local.date() if local else None

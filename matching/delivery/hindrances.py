"""Why a mail that is owed isn't sent, or not yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from matching.delivery.subscribing import habits_of
from matching.delivery.timetable import FROM
from matching.models import Delivery

NOTHING_LEFT = "nothing left to tell"
NOT_WANTED = "no subscription left, or its person may no longer read it"
SUPPRESSED = "the address is suppressed"
GIVEN_UP = "the mail server refused it for days"
DROPPED = "the office dropped that day's mails: the next one tells it"
STALE = "no news any more: the digest tells it"
NO_ALERTS = "its reader wants no alerts: the digest tells it"
# An alert that couldn't be sent for so long is none.
STALE_AFTER = timedelta(hours=12)
# By then it has been tried for five days.
MOST_ATTEMPTS = 15


def hindrance_of(
    delivery: Delivery, suppressed: Collection[str], dropped: Collection[date | None], *, now: datetime
) -> str:
    """Why it must not be sent, whatever it says; "" if it may. Of addresses and days, as they are named."""
    if delivery.recipient.address in suppressed:
        return SUPPRESSED
    if delivery.run is not None and delivery.run.period in dropped:
        return DROPPED
    if delivery.is_alert and not delivery.recipient.wants_alerts:
        return NO_ALERTS
    if delivery.is_alert and now - delivery.owed_at >= STALE_AFTER:
        return STALE
    return GIVEN_UP if delivery.attempts >= MOST_ATTEMPTS else ""


def waits_until(delivery: Delivery, *, now: datetime) -> datetime | None:
    """Until when it waits, since its reader is not to be written to now; None if it needn't.

    What was owed by night, somebody wanted by night: the operator's command.
    """
    habits = habits_of(delivery.recipient)
    if habits.awake_at(now) or not habits.awake_at(delivery.owed_at):
        return None
    is_of_a_day = delivery.run is not None and delivery.run.hour is None
    return habits.next_awake(now, from_hour=habits.send_hour if is_of_a_day else FROM.hour)

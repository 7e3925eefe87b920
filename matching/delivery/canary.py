"""The canary's own subscription: a made-up notice a day that goes by mail as people's do, and must arrive."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes

from django.conf import settings
from django.db import transaction

from matching.models import Delivery, Recipient, Subscription
from opportunities.canary import CANARY_MAIL_HOUR, CANARY_RECIPIENT
from portal.lib.clocks import STOCKHOLM


@transaction.atomic
def keep_canary(*, now: datetime) -> None:
    """Subscribe the canary to itself while CANARY_ADDRESS says where to; else end that. Twice is once.

    Whatever was changed about it by its mail's own links is set right again.
    """
    if not settings.CANARY_ADDRESS:
        Subscription.objects.filter(kind=Subscription.Kind.CANARY, ended_at=None).update(ended_at=now)
        return
    habits = {
        "language": settings.LANGUAGE_CODE,
        "time_zone": STOCKHOLM.key,
        "send_hour": CANARY_MAIL_HOUR,
        "wants_weekends": True,
        "wants_alerts": False,
    }
    # Holds its row, so that two who come at once make one subscription.
    recipient, _ = Recipient.objects.update_or_create(
        email=CANARY_RECIPIENT, user=None, defaults=habits, create_defaults=habits | {"created_at": now}
    )
    daily = {"weekday": None, "is_immediate": False, "ended_at": None}
    Subscription.objects.update_or_create(
        recipient=recipient,
        kind=Subscription.Kind.CANARY,
        defaults=daily,
        create_defaults=daily | {"created_at": now},
    )


def note_arrival(body: bytes, *, now: datetime) -> bool:
    """Note that a mail out of a mailbox is the canary's, if it is. A second time changes nothing."""
    message_id = str(message_from_bytes(body).get("Message-ID", "")).strip()
    if not message_id.isprintable():  # nor could the database look for a NUL
        return False
    mails = Delivery.objects.to_the_canary().filter(message_id=message_id).exclude(message_id="")
    mails.filter(arrived_at=None).update(arrived_at=now)
    return mails.exists()

"""What people change of the mail they get. Told the time, safe to call again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matching.delivery.leaving import end_subscriptions
from matching.models import Mute, Recipient, Subscription, Withdrawal

OFF, IMMEDIATE = "off", "immediate"


@dataclass(frozen=True, slots=True)
class Preferences:
    """How mail suits a person, as Recipient has it."""

    language: str
    send_hour: int
    time_zone: str
    wants_weekends: bool
    wants_alerts: bool = True


def save_preferences(recipient_id: int, preferences: Preferences) -> None:
    """Make it so, from the next mail on. A period that is decided stays so, whatever the clock says now."""
    Recipient.objects.filter(pk=recipient_id).update(
        language=preferences.language,
        send_hour=preferences.send_hour,
        time_zone=preferences.time_zone,
        wants_weekends=preferences.wants_weekends,
        wants_alerts=preferences.wants_alerts,
    )


def want_alerts(recipient_id: int, *, is_wanted: bool) -> None:
    """Without alerts everything comes with the digest. What waits to be sent is dropped, and told there."""
    Recipient.objects.filter(pk=recipient_id).update(wants_alerts=is_wanted)


def save_rhythms(rhythms: Mapping[int, str], *, now: datetime) -> None:
    """How often each subscription is wanted: "off", "daily", "immediate" or the number of a weekday."""
    for key, rhythm in sorted(rhythms.items()):
        if rhythm == OFF:
            end_subscriptions([key], way=Withdrawal.Way.PAGE, now=now)
        else:
            weekday = int(rhythm) if rhythm.isdigit() else None
            Subscription.objects.filter(pk=key).update(
                ended_at=None, weekday=weekday, is_immediate=rhythm == IMMEDIATE
            )


def leave_all(recipient_id: int, *, now: datetime) -> None:
    """No mail about anything any more. Leaving again keeps the first moment."""
    own = Subscription.objects.filter(recipient=recipient_id).values_list("pk", flat=True)
    end_subscriptions(list(own), way=Withdrawal.Way.PAGE, now=now)


def unmute_all(recipient_id: int) -> None:
    Mute.objects.filter(recipient=recipient_id).delete()

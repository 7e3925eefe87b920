"""What people change of the mail they get. Told the time, safe to call again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matching.models import Mute, Recipient, Subscription

OFF, IMMEDIATE = "off", "immediate"


@dataclass(frozen=True, slots=True)
class Preferences:
    """How mail suits a person, as Recipient has it."""

    language: str
    send_hour: int
    time_zone: str
    wants_weekends: bool


def save_preferences(recipient_id: int, preferences: Preferences) -> None:
    """Make it so, from the next mail on. A period that is decided stays so, whatever the clock says now."""
    Recipient.objects.filter(pk=recipient_id).update(
        language=preferences.language,
        send_hour=preferences.send_hour,
        time_zone=preferences.time_zone,
        wants_weekends=preferences.wants_weekends,
    )


def save_rhythms(rhythms: Mapping[int, str], *, now: datetime) -> None:
    """How often each subscription is wanted: "off", "daily", "immediate" or the number of a weekday."""
    for key, rhythm in sorted(rhythms.items()):
        own = Subscription.objects.filter(pk=key)
        if rhythm == OFF:
            own.filter(ended_at=None).update(ended_at=now)
        else:
            weekday = int(rhythm) if rhythm.isdigit() else None
            own.update(ended_at=None, weekday=weekday, is_immediate=rhythm == IMMEDIATE)


def leave_all(recipient_id: int, *, now: datetime) -> None:
    """No mail about anything any more. Leaving again keeps the first moment."""
    Subscription.objects.filter(recipient=recipient_id, ended_at=None).update(ended_at=now)


def unmute_all(recipient_id: int) -> None:
    Mute.objects.filter(recipient=recipient_id).delete()

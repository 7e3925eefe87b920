"""What people say about the mail they want. Told the time, safe to call again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from matching.models import CapabilityProfile, Recipient, Subscription
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class MailWish:
    """How a person wants a profile's matches by mail; off is none. The language goes for all their mail."""

    is_off: bool
    weekday: int | None = None
    minimum_score: int | None = None
    language: str = ""


def wish_of(subscription: Subscription | None) -> MailWish:
    """What stands now. Reads the recipient."""
    if subscription is None:
        return MailWish(is_off=True)
    return MailWish(
        is_off=subscription.ended_at is not None,
        weekday=subscription.weekday,
        minimum_score=subscription.minimum_score,
        language=subscription.recipient.language,
    )


@transaction.atomic
def save_wish(
    user: User, profile: CapabilityProfile, wish: MailWish, *, now: datetime
) -> Subscription | None:
    """Make it so, from the next mail on. The caller has seen that the profile is the person's company's.

    What was decided already stays decided: a mail that is owed goes out, unless it is now switched off. Off
    keeps the first moment, and whoever never had mail gets no row by saying no; then None.
    """
    own = Subscription.objects.filter(recipient__user=user, profile=profile)
    if wish.is_off and not own.exists():
        return None
    recipient = recipient_of(user, now=now)
    Recipient.objects.filter(pk=recipient.pk).update(language=wish.language)
    # Of those who get here at the same moment the database lets one in, and gives the others its row.
    Subscription.objects.get_or_create(recipient=recipient, profile=profile, defaults={"created_at": now})
    subscription = own.select_for_update(of=("self",)).select_related("recipient").get()
    if not wish.is_off:
        subscription.ended_at = None
    elif subscription.ended_at is None:
        subscription.ended_at = now
    subscription.weekday = wish.weekday
    subscription.minimum_score = wish.minimum_score
    subscription.save(update_fields=["ended_at", "weekday", "minimum_score"])
    return subscription


def recipient_of(user: User, *, now: datetime) -> Recipient:
    """The row by which a person gets mail; made the first time."""
    return Recipient.objects.get_or_create(user=user, defaults={"created_at": now})[0]

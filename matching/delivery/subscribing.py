"""What people say about the mail they want. Told the time, safe to call again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from matching.delivery.leaving import end_subscriptions
from matching.delivery.timetable import Habits
from matching.models import CapabilityProfile, Mute, Recipient, SavedSearch, Subscription, Withdrawal
from portal.accounts.models import Company, User

# What a subscription may be about, but for topics: of what kind and by which name it says so
_KINDS: dict[type[Model], tuple[Subscription.Kind, str]] = {
    CapabilityProfile: (Subscription.Kind.PROFILE, "profile"),
    Company: (Subscription.Kind.FOLLOWS, "company"),
    SavedSearch: (Subscription.Kind.SEARCH, "saved_search"),
}
About = CapabilityProfile | Company | SavedSearch


@dataclass(frozen=True, slots=True)
class MailWish:
    """How a person wants mail about something; off is none. The language goes for all their mail."""

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
def save_wish(user: User, about: About, wish: MailWish, *, now: datetime) -> Subscription | None:
    """Make it so, from the next mail on: about a profile's matches, what a company follows, or a search.

    The caller has seen that it is the person's company's. What was decided already stays decided: a mail
    that is owed goes out, unless it is now switched off. Off keeps the first moment, and whoever never had
    mail gets no row by saying no; then None. Who begins with a profile hears of what the company follows,
    until they say otherwise.
    """
    kind, name = _KINDS[type(about)]
    own = Subscription.objects.filter(recipient__user=user, **{name: about})
    if wish.is_off and not own.exists():
        return None
    recipient = recipient_of(user, now=now)
    if wish.language:
        Recipient.objects.filter(pk=recipient.pk).update(language=wish.language)
    _begin(recipient, kind, {name: about}, now=now)
    if isinstance(about, CapabilityProfile) and not wish.is_off:
        _begin(recipient, Subscription.Kind.FOLLOWS, {"company": about.company}, now=now)
    subscription = own.select_for_update(of=("self",)).with_what_is_read().get()
    if wish.is_off:
        end_subscriptions([subscription.pk], way=Withdrawal.Way.PAGE, now=now)
        subscription.ended_at = subscription.ended_at or now
    else:
        subscription.ended_at = None
    subscription.weekday = wish.weekday
    subscription.minimum_score = wish.minimum_score
    subscription.save(update_fields=["ended_at", "weekday", "minimum_score"])
    return subscription


def _begin(
    recipient: Recipient, kind: Subscription.Kind, about: Mapping[str, About], *, now: datetime
) -> None:
    # Of those who get here at the same moment the database lets one in, and gives the others its row.
    Subscription.objects.get_or_create(
        recipient=recipient, **about, defaults={"kind": kind, "created_at": now}
    )


def recipient_of(user: User, *, now: datetime) -> Recipient:
    """The row by which a person gets mail; made the first time."""
    return Recipient.objects.get_or_create(user=user, defaults={"created_at": now})[0]


def habits_of(recipient: Recipient) -> Habits:
    return Habits(recipient.time_zone, recipient.send_hour, recipient.wants_weekends)


def mute(recipient_id: int, opportunity_id: int, *, now: datetime) -> None:
    """No mail about it any more, whatever they subscribe to. Muting again changes nothing."""
    Mute.objects.get_or_create(
        recipient_id=recipient_id, opportunity_id=opportunity_id, defaults={"created_at": now}
    )


def unmute(recipient_id: int, opportunity_id: int) -> None:
    Mute.objects.filter(recipient=recipient_id, opportunity=opportunity_id).delete()

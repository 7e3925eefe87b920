"""What mail people have asked for: each their own."""

from __future__ import annotations

from datetime import date

from matching.models import CapabilityProfile, Delivery, DigestRun, Subscription
from portal.accounts.models import User


def subscriptions_by_profile(user: User, profiles: list[CapabilityProfile]) -> dict[int, Subscription]:
    """A person's own, by profile; those that have ended among them."""
    own = Subscription.objects.filter(recipient__user=user, profile__in=profiles)
    own = own.select_related("recipient__user", "profile")
    return {subscription.profile_id: subscription for subscription in own}


def subscription_of(user: User, profile: CapabilityProfile) -> Subscription | None:
    return subscriptions_by_profile(user, [profile]).get(profile.pk)


def last_mails(user: User, *, count: int) -> list[Delivery]:
    """The latest that a person was sent, without their bodies."""
    sent = Delivery.objects.filter(recipient__user=user).exclude(sent_at=None)
    sent = sent.defer("body_text", "body_html")
    return list(sent.order_by("-sent_at", "-pk")[:count])


def is_decided(day: date) -> bool:
    """Whether that day's run is over: what is changed now counts from the next one."""
    return DigestRun.objects.filter(period=day, decided_at__isnull=False).exists()

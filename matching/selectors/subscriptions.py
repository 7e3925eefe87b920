"""What mail people have asked for: each their own."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from matching.models import (
    CapabilityProfile,
    DeliveredOpportunity,
    Delivery,
    Mute,
    Recipient,
    SavedSearch,
    Subscription,
)
from portal.accounts.models import Company, User


def subscriptions_by_profile(user: User, profiles: list[CapabilityProfile]) -> dict[int, Subscription]:
    """A person's own, by profile; those that have ended among them."""
    own = Subscription.objects.filter(recipient__user=user, profile__in=profiles)
    own = own.select_related("recipient__user", "profile")
    return {each.profile_id or 0: each for each in own}


def subscription_to_follows(user: User, company: Company) -> Subscription | None:
    """A person's own, to what their company follows."""
    own = Subscription.objects.filter(recipient__user=user, company=company)
    return own.select_related("recipient__user").first()


def subscriptions_by_search(user: User, searches: Collection[SavedSearch]) -> dict[int, Subscription]:
    """A person's own, by saved search; those that have ended among them."""
    own = Subscription.objects.filter(recipient__user=user, saved_search__in=searches)
    return {each.saved_search_id or 0: each for each in own.select_related("recipient__user")}


def muted_among(user: User, opportunity_ids: Collection[int]) -> frozenset[int]:
    """About which of these a person wants no mail."""
    muted = Mute.objects.filter(recipient__user=user, opportunity__in=opportunity_ids)
    return frozenset(muted.values_list("opportunity", flat=True))


def standing_subscriptions(user: User, company: Company) -> QuerySet[Subscription]:
    """What mail a person gets as one who acts for a company, and about topics, which are their own."""
    of_company = Q(profile__company=company) | Q(company=company) | Q(saved_search__company=company)
    own = Subscription.objects.wanted().filter(recipient__user=user)
    return own.filter(of_company | Q(kind=Subscription.Kind.TOPICS))


def subscription_of(user: User, profile: CapabilityProfile) -> Subscription | None:
    return subscriptions_by_profile(user, [profile]).get(profile.pk)


def recipient_known(user: User) -> Recipient | None:
    """The row by which a person gets mail, if they ever asked for any."""
    return Recipient.objects.filter(user=user).first()


def wants_alerts(user: User) -> bool:
    """Whether what can't wait comes by itself; so it does until a person says otherwise."""
    return not Recipient.objects.filter(user=user, wants_alerts=False).exists()


def last_mails(user: User, *, count: int) -> list[Delivery]:
    """The latest that a person was sent, without their bodies."""
    sent = Delivery.objects.filter(recipient__user=user).exclude(sent_at=None)
    sent = sent.defer("body_text", "body_html")
    return list(sent.order_by("-sent_at", "-pk")[:count])


def told_title(recipient: Recipient, opportunity_id: int) -> str:
    """What a person was told an opportunity is called; "" where no mail told them of it."""
    told = DeliveredOpportunity.objects.filter(delivery__recipient=recipient, opportunity=opportunity_id)
    title = told.exclude(delivery__sent_at=None).values_list("opportunity__title", flat=True).first()
    return title or ""

"""Whom and what the addresses in old mails mean by now."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from matching.models import Recipient, Subscription, SubscriptionQuerySet


def current_recipient(key: int | None) -> Recipient | None:
    """The person a key stands for, also where it was of a row that has been joined to theirs."""
    named = Recipient.objects.select_related("user").filter(Q(pk=key) | Q(former__former_id=key))
    return named.first() if key is not None else None


def current_subscriptions(keys: Collection[int]) -> SubscriptionQuerySet:
    """The subscriptions that keys stand for, also where they were joined to others."""
    rows = Subscription.objects.filter(Q(pk__in=keys) | Q(former__former_id__in=keys))
    return Subscription.objects.filter(pk__in=rows.values("pk"))

"""Ending mail, and taking it up again. Told the time, safe to call again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from matching.models import Subscription, Withdrawal


@transaction.atomic
def end_subscriptions(subscription_ids: Collection[int], *, way: Withdrawal.Way, now: datetime) -> int:
    """Stop these at once, and note that it was wished. Return how many weren't ended before.

    Ending again keeps the first moment, and notes nothing.
    """
    standing = Subscription.objects.filter(pk__in=subscription_ids, ended_at=None)
    ended = list(standing.select_for_update().order_by("pk").values_list("pk", "recipient"))
    Subscription.objects.filter(pk__in=[pk for pk, _ in ended]).update(ended_at=now)
    Withdrawal.objects.bulk_create(
        Withdrawal(recipient_id=recipient, subscription_id=pk, withdrawn_at=now, way=way)
        for pk, recipient in ended
    )
    return len(ended)


def resume_subscriptions(subscription_ids: Collection[int]) -> None:
    Subscription.objects.filter(pk__in=subscription_ids).update(ended_at=None)

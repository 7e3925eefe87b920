"""What one mail could not hold: how much of each section, and where all of it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.delivery import links
from matching.delivery.due import MOST_IN_ONE_DIGEST, due_to
from matching.models import DeliveredOpportunity, Subscription


@dataclass(frozen=True, slots=True)
class LeftOver:
    """So many more of a section, which the next mails tell."""

    count: int
    url: str  # the list that holds them; "" for who has no account


def left_over(
    subscriptions: Sequence[Subscription], told: Collection[int], *, now: datetime, besides: int | None
) -> dict[DeliveredOpportunity.Section, LeftOver]:
    """By section, what isn't among the opportunities ``told``. Asks nothing while the mail isn't full.

    ``besides`` as in ``due_to``.
    """
    if len(told) < MOST_IN_ONE_DIGEST:
        return {}
    due = due_to(subscriptions, now=now, besides=besides, most=None)
    by_key = {subscription.pk: subscription for subscription in subscriptions}
    left: dict[DeliveredOpportunity.Section, LeftOver] = {}
    for each in due:
        if each.opportunity_id in told or each.subscription_id is None:
            continue
        known = left.get(each.section)
        url = known.url if known else _list_of(by_key[each.subscription_id])
        left[each.section] = LeftOver(known.count + 1 if known else 1, url)
    return left


def _list_of(subscription: Subscription) -> str:
    if subscription.profile_id:
        return links.matches_url(subscription.profile_id)
    if subscription.saved_search:
        return links.search_url(subscription.saved_search.query)
    return links.followed_url() if subscription.company_id else ""

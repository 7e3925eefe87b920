"""What one mail could not hold: how much of each section, and where all of it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.delivery import links
from matching.delivery.due import DueOpportunity, due_to_each
from matching.models import DeliveredOpportunity, Subscription


@dataclass(frozen=True, slots=True)
class LeftOver:
    """So many more of a section, which the next mails tell."""

    count: int
    url: str  # the list that holds them; "" for who has no account


def left_over_each(
    people: Sequence[Sequence[Subscription]],
    told: Sequence[Collection[int]],
    *,
    now: datetime,
    besides: Collection[int],
) -> list[dict[DeliveredOpportunity.Section, LeftOver]]:
    """Of each person by section, what isn't among the opportunities that their full mail has ``told``.

    ``besides`` as in ``due_to_each``. Asks nothing where no mail is full.
    """
    if not people:
        return []
    found = due_to_each(people, now=now, besides=besides, most=None)
    return [_left_over(*own) for own in zip(people, found, told, strict=True)]


def _left_over(
    subscriptions: Sequence[Subscription], due: Sequence[DueOpportunity], told: Collection[int]
) -> dict[DeliveredOpportunity.Section, LeftOver]:
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

"""Subscriptions that can tell nothing as they stand, and why: for their reader, and as counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from matching.delivery.candidates import candidates_of, found_by
from matching.delivery.suppressing import suppressed_among
from matching.delivery.topics import subscription_name
from matching.models import Follow, Match, Mute, ProjectFollow, Recipient, Subscription, SubscriptionQuerySet
from opportunities.selectors import visible_opportunities_in
from portal.accounts.models import User

# Nothing in so long is nothing ever, for who waits for mail.
LOOKS_BACK = timedelta(days=365)


class Why(StrEnum):
    CLOSED = "closed"  # the profile is retired, the search ended, or the company not a member
    NOTHING_FITS = "nothing_fits"  # the profile has no match at all
    TOO_HIGH = "too_high"  # no match has ever reached the score that is asked for
    NOTHING_FOLLOWED = "nothing_followed"
    NOTHING_FOUND = "nothing_found"  # in a year, by its search or topics
    ALL_MUTED = "all_muted"


@dataclass(frozen=True, slots=True)
class DeadRule:
    subscription: Subscription
    name: str
    why: Why
    best: int = 0  # the highest score that there is, where that is too low


@dataclass(frozen=True, slots=True)
class DeadRuleCounts:
    """How many of all people's subscriptions; without those that only a search could tell of."""

    closed: int
    suppressed: int
    nothing_fits: int
    too_high: int
    nothing_followed: int

    @property
    def total(self) -> int:
        return self.closed + self.suppressed + self.nothing_fits + self.too_high + self.nothing_followed


def dead_rules(person: User, *, now: datetime) -> tuple[DeadRule, ...]:
    """Those of a person's own subscriptions that can't tell anything, in words of the active language.

    Whether the address is suppressed is told elsewhere. Two queries, and one or a few for each search.
    """
    subscriptions = list(_examined().filter(recipient__user=person).with_what_is_read().order_by("pk"))
    if not subscriptions:
        return ()
    best = _best_by_profile({each.profile_id for each in subscriptions if each.profile_id}, now=now)
    found = ((each, _why(each, best, now=now)) for each in subscriptions)
    return tuple(
        DeadRule(each, subscription_name(each), why, best[each.profile_id or 0] if why is Why.TOO_HIGH else 0)
        for each, why in found
        if why
    )


def count_dead_rules() -> DeadRuleCounts:
    """Over everybody. Three queries."""
    scores = Match.objects.filter(profile=OuterRef("profile")).order_by("-score").values("score")[:1]
    examined = _examined().annotate(
        best=Coalesce(Subquery(scores), -1, output_field=IntegerField()),
        asked=Greatest("profile__minimum_score", Coalesce("minimum_score", 0)),
    )
    is_wanted = Q(is_wanted=True)
    of_profile = is_wanted & Q(kind=Subscription.Kind.PROFILE)
    counts = examined.aggregate(
        closed=Count("pk", filter=~is_wanted),
        nothing_fits=Count("pk", filter=of_profile & Q(best__lt=0)),
        too_high=Count("pk", filter=of_profile & Q(best__gte=0, best__lt=F("asked"))),
        nothing_followed=Count(
            "pk", filter=is_wanted & Q(kind=Subscription.Kind.FOLLOWS, has_followed=False)
        ),
    )
    return DeadRuleCounts(suppressed=len(_suppressed()), **counts)


def _examined() -> SubscriptionQuerySet:
    """Those that are switched on, with ``is_wanted``, ``has_followed`` and ``has_muted``."""
    opportunities = Follow.objects.standing().filter(company=OuterRef("company"))
    projects = ProjectFollow.objects.standing().filter(company=OuterRef("company"))
    people = Subscription.objects.exclude(kind=Subscription.Kind.CANARY)
    return people.filter(ended_at=None).annotate(
        is_wanted=Exists(Subscription.objects.wanted().filter(pk=OuterRef("pk"))),
        has_followed=Exists(opportunities) | Exists(projects),
        has_muted=Exists(Mute.objects.filter(recipient=OuterRef("recipient"))),
    )


def _best_by_profile(profiles: Collection[int], *, now: datetime) -> dict[int, int]:
    """The best score of each through its company's door; none where it has no match."""
    door = visible_opportunities_in("profile__company", at=now).filter(pk=OuterRef("opportunity"))
    matches = Match.objects.filter(Exists(door), profile__in=profiles).order_by()
    return dict(matches.values_list("profile").annotate(best=Max("score")))


def _suppressed() -> frozenset[str]:
    written_to = (
        Recipient.objects.people().filter(subscriptions__ended_at=None).select_related("user").distinct()
    )
    return suppressed_among([recipient.address for recipient in written_to])


def _why(subscription: Subscription, best: Mapping[int, int], *, now: datetime) -> Why | None:
    examined = vars(subscription)
    if not examined["is_wanted"]:
        return Why.CLOSED
    if subscription.profile_id:
        if subscription.profile_id not in best:
            return Why.NOTHING_FITS
        if best[subscription.profile_id] < subscription.least_score:
            return Why.TOO_HIGH
    elif subscription.company_id:
        if not examined["has_followed"]:
            return Why.NOTHING_FOLLOWED
    elif not found_by(subscription, now=now).filter(recorded_at__gte=now - LOOKS_BACK).exists():
        return Why.NOTHING_FOUND
    return Why.ALL_MUTED if examined["has_muted"] and _is_all_muted(subscription, now=now) else None


def _is_all_muted(subscription: Subscription, *, now: datetime) -> bool:
    """Whether it is about something now, and about nothing that its reader hasn't muted."""
    unmuted = copy(subscription)
    unmuted.recipient = Recipient()
    heard, there = candidates_of([subscription, unmuted], now=now)
    return bool(there) and not heard

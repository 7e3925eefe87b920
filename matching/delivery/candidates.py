"""What each kind of subscription is about: opportunities through the door that its reader stands at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from matching.delivery.topics import search_of
from matching.models import Follow, Mute, Subscription, Verdict
from matching.services import ask
from opportunities.explore import found_opportunities, narrowed_opportunities
from opportunities.selectors import Opportunities, public_opportunities, visible_opportunities


def candidates(subscription: Subscription, *, now: datetime) -> Opportunities:
    """All that it might tell of, open or not, without what its person has muted.

    Each with ``score``, null where nothing is scored, and ``known_from``, since when its reader has known of
    it from elsewhere than mail, or null.
    """
    found = _found(subscription, now=now)
    muted = Mute.objects.filter(recipient=subscription.recipient_id, opportunity=OuterRef("pk"))
    return found.filter(~Exists(muted))


def door_of(subscription: Subscription, *, now: datetime) -> Opportunities:
    """All that its reader may know of at that moment."""
    if subscription.reader is None:
        return public_opportunities(at=now)
    return visible_opportunities(to=subscription.reader, at=now)


def _found(subscription: Subscription, *, now: datetime) -> Opportunities:
    door = door_of(subscription, now=now)
    if subscription.profile:
        return _fitting(subscription, door)
    if subscription.saved_search:
        saved = subscription.saved_search
        # Who was told of it is told as well that it was called off.
        search = replace(search_of(saved.query), with_closed=True)
        asked = ask(search, to=saved.company, at=now, language=saved.language)
        return _known_since(subscription.created_at, found_opportunities(asked))
    if subscription.company:
        return _followed(subscription, door)
    return _known_since(
        subscription.created_at, narrowed_opportunities(door, search_of(subscription.query), at=now)
    )


def _fitting(subscription: Subscription, door: Opportunities) -> Opportunities:
    profile = subscription.profile
    dismissed = Verdict.objects.dismissals().filter(profile=profile, opportunity=OuterRef("pk"))
    return (
        door.annotate(fit=FilteredRelation("matches", condition=Q(matches__profile=profile)))
        .filter(~Exists(dismissed), fit__score__gte=subscription.least_score)
        .annotate(
            score=F("fit__score"),
            known_from=Value(None, output_field=DateTimeField()),
        )
    )


def _followed(subscription: Subscription, door: Opportunities) -> Opportunities:
    parts = Q(opportunity=OuterRef("pk")) | Q(opportunity__merged_into=OuterRef("pk"))
    standing = Follow.objects.standing().filter(parts, company=subscription.company)
    return door.annotate(
        score=Value(None, output_field=IntegerField()),
        known_from=Subquery(standing.order_by("created_at").values("created_at")[:1]),
    ).filter(known_from__isnull=False)


def _known_since(moment: datetime, found: Opportunities) -> Opportunities:
    was_there = ExpressionWrapper(
        Q(disclosed_from__lte=moment, recorded_at__lte=moment), output_field=BooleanField()
    )
    return found.annotate(
        score=Value(None, output_field=IntegerField()),
        known_from=Case(When(was_there, then=Value(moment)), default=None, output_field=DateTimeField()),
    )

"""What each kind of subscription is about: opportunities through the door that its reader stands at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from matching.delivery.sections import CALLED_OFF
from matching.delivery.topics import search_of
from matching.models import Follow, MailHold, Match, Mute, Subscription, Verdict
from matching.services import ask
from opportunities.explore import found_opportunities, narrowed_opportunities
from opportunities.selectors import (
    Opportunities,
    canaries,
    is_open,
    public_opportunities,
    visible_opportunities,
    visible_opportunities_in,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a subscription says of an opportunity that it is about."""

    score: int | None  # None where nothing is scored
    known_from: datetime | None  # since when its reader has known of it from elsewhere than mail


def candidates_of(
    subscriptions: Sequence[Subscription], *, now: datetime, among: Collection[int] | None = None
) -> list[dict[int, Candidate]]:
    """By opportunity, what each of these might tell of: open or called off, and not muted by its person.

    Nobody is told of what the office holds.
    ``among`` keeps to these opportunities. Two queries for all profiles and follows together, and for each
    search or choice of topics its own, however many subscribe to it.
    """
    muted_by = _muted_by({each.recipient_id for each in subscriptions if each.recipient_id})
    fitting = _fitting(subscriptions, muted_by, now=now, among=among)
    followed = _followed(subscriptions, muted_by, now=now, among=among)
    found: dict[object, list[_Found]] = {}
    for each in subscriptions:
        if not (each.profile_id or each.company_id):
            asks = _asks(each)
            if asks not in found:
                found[asks] = _found(each, muted_by, now=now, among=among)
    told: list[dict[int, Candidate]] = []
    for each in subscriptions:
        if each.profile_id:
            rows = fitting[each.profile_id]
            own = {row.pk: Candidate(row.score, None) for row in rows if (row.score or 0) >= each.least_score}
        elif each.company_id:
            rows = followed[each.company_id]
            own = {row.pk: Candidate(None, row.since) for row in rows}
        else:
            rows = found[_asks(each)]
            own = {row.pk: Candidate(None, _known_from(each, row)) for row in rows}
        for row in rows:
            if each.recipient_id in (row.muted_by or ()):
                own.pop(row.pk, None)
        told.append(own)
    return told


def _asks(subscription: Subscription) -> object:
    """The same for all that ask the same."""
    if subscription.kind == Subscription.Kind.CANARY:
        return Subscription.Kind.CANARY
    return subscription.saved_search or (Subscription.Kind.TOPICS, subscription.query)


@dataclass(frozen=True, slots=True)
class _Found:
    """An opportunity that is among what several people ask about."""

    pk: int
    muted_by: Sequence[int] | None  # None where nobody was asked about
    score: int | None = None
    since: datetime | None = None  # followed, or knowable


def door_of(subscription: Subscription, *, now: datetime) -> Opportunities:
    """All that its reader may know of at that moment."""
    if subscription.kind == Subscription.Kind.CANARY:
        return canaries()
    if subscription.reader is None:
        return public_opportunities(at=now)
    return visible_opportunities(to=subscription.reader, at=now)


def _worth_telling(door: Opportunities, *, now: datetime, among: Collection[int] | None) -> Opportunities:
    found = door.filter(is_open(now) | Q(stage__in=CALLED_OFF))
    found = found.exclude(pk__in=MailHold.objects.held_opportunities())
    return found if among is None else found.filter(pk__in=among)


def _muted_by(recipients: Collection[int]) -> Callable[[str], ArraySubquery]:
    """Which of these people have muted the opportunity that a query reaches by a path."""
    mutes = Mute.objects.filter(recipient__in=recipients)
    return lambda path: ArraySubquery(mutes.filter(opportunity=OuterRef(path)).values("recipient"))


def _fitting(
    subscriptions: Iterable[Subscription],
    muted_by: Callable[[str], ArraySubquery],
    *,
    now: datetime,
    among: Collection[int] | None,
) -> dict[int, list[_Found]]:
    """By profile: what fits it at all and hasn't been dismissed, with its score."""
    least: dict[int, int] = {}
    for each in subscriptions:
        if each.profile_id:
            least[each.profile_id] = min(each.least_score, least.get(each.profile_id, each.least_score))
    found: dict[int, list[_Found]] = defaultdict(list)
    if not least:
        return found
    door = _worth_telling(visible_opportunities_in("profile__company", at=now), now=now, among=among)
    dismissed = Verdict.objects.dismissals().filter(
        profile=OuterRef("profile"), opportunity=OuterRef("opportunity")
    )
    matches = Match.objects.filter(
        Exists(door.filter(pk=OuterRef("opportunity"))),
        ~Exists(dismissed),
        profile__in=least,
        score__gte=min(least.values()),
    )
    told = matches.annotate(muted=muted_by("opportunity"))
    for profile_id, pk, muted, score in told.values_list("profile", "opportunity", "muted", "score"):
        found[profile_id].append(_Found(pk, muted, score=score))
    return found


def _followed(
    subscriptions: Iterable[Subscription],
    muted_by: Callable[[str], ArraySubquery],
    *,
    now: datetime,
    among: Collection[int] | None,
) -> dict[int, list[_Found]]:
    """By company: what it follows, and since when. A merged tender counts as the whole it became."""
    companies = {each.company_id for each in subscriptions if each.company_id}
    found: dict[int, list[_Found]] = defaultdict(list)
    if not companies:
        return found
    door = _worth_telling(visible_opportunities_in("company", at=now), now=now, among=among)
    follows = (
        Follow.objects.standing()
        .filter(company__in=companies)
        .annotate(root=Coalesce("opportunity__merged_into", "opportunity"))
        .filter(Exists(door.filter(pk=OuterRef("root"))))
        .annotate(muted=muted_by("root"))
    )
    # The first to follow any part of it comes last, and stands.
    rows = follows.order_by("-created_at").values_list("company", "root", "muted", "created_at")
    for company_id, opportunity_id, muted, since in rows:
        found[company_id].append(_Found(opportunity_id, muted, since=since))
    return found


def _found(
    subscription: Subscription,
    muted_by: Callable[[str], ArraySubquery],
    *,
    now: datetime,
    among: Collection[int] | None,
) -> list[_Found]:
    """What its search finds, and from when on that could be known."""
    found = _worth_telling(found_by(subscription, now=now), now=now, among=among)
    rows = found.annotate(muted=muted_by("pk")).values_list("pk", "muted", "disclosed_from", "recorded_at")
    if subscription.kind == Subscription.Kind.CANARY:
        rows = rows.order_by("-recorded_at", "-pk")[:1]
    return [
        _Found(pk, muted, since=max(disclosed_from or recorded_at, recorded_at))
        for pk, muted, disclosed_from, recorded_at in rows
    ]


def found_by(subscription: Subscription, *, now: datetime) -> Opportunities:
    """All that a subscription's search or topics find, closed or not, in no order."""
    if subscription.kind == Subscription.Kind.CANARY:
        # Those that have come through every step before mail.
        return canaries().filter(revisions__scored__isnull=False)
    saved = subscription.saved_search
    if saved:
        # Who was told of it is told as well that it was called off.
        search = replace(search_of(saved.query), with_closed=True)
        return found_opportunities(ask(search, to=saved.company, at=now, language=saved.language))
    return narrowed_opportunities(door_of(subscription, now=now), search_of(subscription.query), at=now)


def _known_from(subscription: Subscription, row: _Found) -> datetime | None:
    if subscription.kind == Subscription.Kind.CANARY:
        return None
    was_there = row.since is not None and row.since <= subscription.created_at
    return subscription.created_at if was_there else None

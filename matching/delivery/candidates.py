"""What each kind of subscription is about: opportunities through the door that its reader stands at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce

from matching.delivery.sections import CALLED_OFF
from matching.delivery.topics import search_of
from matching.models import Follow, Match, Mute, Subscription, Verdict
from matching.services import ask
from opportunities.explore import found_opportunities, narrowed_opportunities
from opportunities.selectors import (
    Opportunities,
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

    ``among`` keeps to these opportunities. Three queries for all profiles, follows and mutes together, and
    for each search or choice of topics its own, however many subscribe to it.
    """
    fitting = _fitting(subscriptions, now=now, among=among)
    followed = _followed(subscriptions, now=now, among=among)
    found: dict[object, list[tuple[int, datetime]]] = {}
    for each in subscriptions:
        if each.kind in {Subscription.Kind.SEARCH, Subscription.Kind.TOPICS}:
            asks = each.saved_search or each.query
            if asks not in found:
                found[asks] = _found(each, now=now, among=among)
    muted = _muted(subscriptions)
    told = []
    for each in subscriptions:
        if each.profile_id:
            scores = fitting[each.profile_id]
            own = {pk: Candidate(score, None) for pk, score in scores if score >= each.least_score}
        elif each.company_id:
            own = {pk: Candidate(None, since) for pk, since in followed[each.company_id]}
        else:
            own = dict(_since(each.created_at, found[each.saved_search or each.query]))
        for pk in muted[each.recipient_id]:
            own.pop(pk, None)
        told.append(own)
    return told


def door_of(subscription: Subscription, *, now: datetime) -> Opportunities:
    """All that its reader may know of at that moment."""
    if subscription.reader is None:
        return public_opportunities(at=now)
    return visible_opportunities(to=subscription.reader, at=now)


def _worth_telling(door: Opportunities, *, now: datetime, among: Collection[int] | None) -> Opportunities:
    found = door.filter(is_open(now) | Q(stage__in=CALLED_OFF))
    return found if among is None else found.filter(pk__in=among)


def _fitting(
    subscriptions: Iterable[Subscription], *, now: datetime, among: Collection[int] | None
) -> dict[int, list[tuple[int, int]]]:
    """By profile: what fits it at all and hasn't been dismissed, with its score."""
    least: dict[int, int] = {}
    for each in subscriptions:
        if each.profile_id:
            least[each.profile_id] = min(each.least_score, least.get(each.profile_id, each.least_score))
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
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
    for profile_id, opportunity_id, score in matches.values_list("profile", "opportunity", "score"):
        found[profile_id].append((opportunity_id, score))
    return found


def _followed(
    subscriptions: Iterable[Subscription], *, now: datetime, among: Collection[int] | None
) -> dict[int, list[tuple[int, datetime]]]:
    """By company: what it follows, and since when. A merged tender counts as the whole it became."""
    companies = {each.company_id for each in subscriptions if each.company_id}
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    if not companies:
        return found
    door = _worth_telling(visible_opportunities_in("company", at=now), now=now, among=among)
    follows = (
        Follow.objects.standing()
        .filter(company__in=companies)
        .annotate(root=Coalesce("opportunity__merged_into", "opportunity"))
        .filter(Exists(door.filter(pk=OuterRef("root"))))
    )
    rows = follows.order_by().values_list("company", "root").annotate(since=Min("created_at"))
    for company_id, opportunity_id, since in rows:
        found[company_id].append((opportunity_id, since))
    return found


def _found(
    subscription: Subscription, *, now: datetime, among: Collection[int] | None
) -> list[tuple[int, datetime]]:
    """What its search finds, and from when on that could be known."""
    saved = subscription.saved_search
    if saved:
        # Who was told of it is told as well that it was called off.
        search = replace(search_of(saved.query), with_closed=True)
        found = found_opportunities(ask(search, to=saved.company, at=now, language=saved.language))
    else:
        found = narrowed_opportunities(door_of(subscription, now=now), search_of(subscription.query), at=now)
    rows = _worth_telling(found, now=now, among=among).values_list("pk", "disclosed_from", "recorded_at")
    return [(pk, max(disclosed_from or recorded_at, recorded_at)) for pk, disclosed_from, recorded_at in rows]


def _since(subscribed_at: datetime, found: Iterable[tuple[int, datetime]]) -> Iterable[tuple[int, Candidate]]:
    for pk, knowable_from in found:
        yield pk, Candidate(None, subscribed_at if knowable_from <= subscribed_at else None)


def _muted(subscriptions: Iterable[Subscription]) -> dict[int, list[int]]:
    muted: dict[int, list[int]] = defaultdict(list)
    people = {each.recipient_id for each in subscriptions if each.recipient_id}
    for recipient_id, opportunity_id in Mute.objects.filter(recipient__in=people).values_list(
        "recipient", "opportunity"
    ):
        muted[recipient_id].append(opportunity_id)
    return muted

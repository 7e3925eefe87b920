"""However many people are decided about at a time, it comes to the same, once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from matching.delivery.owing import owe_daily_digests
from matching.models import (
    CapabilityProfile,
    DeliveredOpportunity,
    Delivery,
    Match,
    Mute,
    Recipient,
    Subscription,
)
from opportunities.compile import Change
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from opportunities.services import write_search_entries
from portal.accounts.models import Company, User
from tests.at_once import at_once
from tests.factories.accounts import CompanyFactory, MembershipFactory
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    MatchFactory,
    SavedSearchFactory,
    SubscriptionFactory,
    VerdictFactory,
)
from tests.integration.delivery.world import DAY, add_match, move_deadline, revise

TODAY = date(2026, 11, 20)  # a Friday, as noon is
Told = list[tuple[str, int, str, int | None, int]]

pytestmark = pytest.mark.django_db


def decided(period: date, *, at_a_time: int, now: datetime) -> Told:
    """What it comes to, and leaves no trace."""
    with transaction.atomic():
        owe_daily_digests(period, now=now, at_a_time=at_a_time)
        lines = DeliveredOpportunity.objects.filter(delivery__run__period=period).order_by("pk")
        told = list(
            lines.values_list(
                "delivery__recipient__user__email",
                "opportunity",
                "section",
                "subscription",
                "revision__number",
            )
        )
        transaction.set_rollback(True)
    return sorted(told, key=str)


def a_world(chance: random.Random, *, now: datetime) -> None:
    """Some companies' people with all sorts of subscriptions, and tenders in all sorts of states."""
    companies = [
        CompanyFactory.create(domains=chance.choice([[], ["water-supply"]]), region=chance.choice(["", "12"]))
        for _ in range(3)
    ]
    profiles = [CapabilityProfileFactory.create(company=company) for company in companies]
    tenders = [_a_tender(profiles[0], chance, now=now) for _ in range(6)]
    tenders.append(add_match(profiles[0], now=now, score=99).opportunity)  # somebody is told of it
    write_search_entries([tender.pk for tender in tenders])
    for profile in profiles[1:]:
        for tender in chance.sample(tenders, 4):
            MatchFactory.create(profile=profile, opportunity=tender, score=chance.randint(35, 95))
    for company, profile in zip(companies, profiles, strict=True):
        for _ in range(2):
            _subscribe(MembershipFactory.create(company=company).user, profile, chance, now=now)
        person = company.people.get(pk=company.people.order_by("pk").values("pk")[:1])
        _say_things_of_tenders(person, profile, tenders, chance, now=now)
    Subscription.objects.create(
        recipient=Recipient.objects.create(email="public@example.net", created_at=now),
        kind="topics",
        query="stage=tender",
        created_at=now - 3 * DAY,
    )


def _a_tender(profile: CapabilityProfile, chance: random.Random, *, now: datetime) -> Opportunity:
    return add_match(
        profile,
        now=now,
        score=chance.randint(35, 95),
        stage=chance.choice([Stage.TENDER, Stage.TENDER, Stage.DPR, Stage.CANCELLED]),
        submission_deadline=now + chance.choice([3, 6, 30]) * DAY,
        published_at=now - chance.choice([2, 40]) * DAY,
        disclosed_from=chance.choice([now - DAY, now - 9 * DAY, now + 2 * DAY, None]),
        audience_domains=chance.choice([[], [], ["water-supply"]]),
        audience_regions=chance.choice([[], [], ["12"]]),
    ).opportunity


def _subscribe(person: User, profile: CapabilityProfile, chance: random.Random, *, now: datetime) -> None:
    own = {"user": person, "created_at": now - 3 * DAY, "weekday": chance.choice([None, None, 4])}
    SubscriptionFactory.create(profile=profile, minimum_score=chance.choice([None, 70]), **own)
    if chance.random() < 0.6:
        SubscriptionFactory.create(kind="follows", profile=None, company=profile.company, **own)
    if chance.random() < 0.6:
        search = SavedSearchFactory.create(company=profile.company, by=person, query="stage=tender")
        SubscriptionFactory.create(kind="search", profile=None, saved_search=search, **own)


def _say_things_of_tenders(
    person: User,
    profile: CapabilityProfile,
    tenders: Sequence[Opportunity],
    chance: random.Random,
    *,
    now: datetime,
) -> None:
    followed, muted, dismissed, merged, into = chance.sample(list(tenders[:-1]), 5)
    FollowFactory.create(company=profile.company, opportunity=followed, by=person, created_at=now - 2 * DAY)
    recipient = Recipient.objects.get(user=person)
    Mute.objects.create(recipient=recipient, opportunity=muted, created_at=now)
    if Match.objects.filter(profile=profile, opportunity=dismissed).exists():
        VerdictFactory.create(profile=profile, opportunity=dismissed, person=person)
    if into.merged_into_id is None and not into.merged.exists() and not merged.merged.exists():
        Opportunity.objects.filter(pk=merged.pk, merged_into=None).update(merged_into=into)


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 40))]
)
def test_it_comes_to_the_same_however_many_at_a_time(seed: int, noon: datetime) -> None:
    chance = random.Random(seed)  # noqa: S311  a made-up world, the same each time
    a_world(chance, now=noon)

    first = [decided(TODAY, at_a_time=size, now=noon) for size in (1, 3, 100)]
    owe_daily_digests(TODAY, now=noon)
    for tender in Opportunity.objects.exclude(stage=Stage.CANCELLED).order_by("pk")[:4]:
        if chance.random() < 0.5:
            move_deadline(tender, noon + 4 * DAY)
        else:
            revise(tender, Change("stage", Stage.DPR, Stage.TENDER))
    monday = noon + 3 * DAY
    second = [decided(TODAY + 3 * DAY, at_a_time=size, now=monday) for size in (1, 3, 100)]

    assert first[0]
    assert first == [first[0]] * 3
    assert second == [second[0]] * 3


def test_a_hundred_people_cost_hardly_more_queries_than_one(vallar: Company, noon: datetime) -> None:
    def queries_for(people: int, period: date) -> int:
        for _ in range(people):
            profile = CapabilityProfileFactory.create(company=vallar)
            member = MembershipFactory.create(company=vallar)
            SubscriptionFactory.create(user=member.user, profile=profile)
            SubscriptionFactory.create(user=member.user, kind="follows", profile=None, company=vallar)
            MatchFactory.create(profile=profile, opportunity=tender)
        with CaptureQueriesContext(connection) as queries:
            owe_daily_digests(period, now=noon)
        return len(queries)

    tender = add_match(CapabilityProfileFactory.create(), now=noon).opportunity

    of_one = queries_for(1, TODAY)
    of_thirty = queries_for(30, TODAY + DAY)

    assert of_thirty <= of_one + 1  # what changed since it was told the first


@pytest.mark.django_db(transaction=True)
def test_eight_deciders_share_the_work_and_decide_each_once(water: CapabilityProfile, noon: datetime) -> None:
    for _ in range(7):
        SubscriptionFactory.create(user=MembershipFactory.create(company=water.company).user, profile=water)
    for _ in range(2):
        add_match(water, now=noon)

    runs = at_once(lambda _: owe_daily_digests(TODAY, now=noon, at_a_time=2), range(8))

    assert {run.decided_at for run in runs} == {noon}
    assert Delivery.objects.count() == Delivery.objects.values("recipient").distinct().count() == 7
    assert DeliveredOpportunity.objects.count() == 14

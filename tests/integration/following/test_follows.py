"""What a company follows: once for all its people, as far as the door lets it see, and kept when ended."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from matching.models import Follow
from matching.selectors import followed_opportunities
from matching.services import follow_opportunity, unfollow_opportunity
from opportunities.models import Opportunity
from portal.accounts.models import Company, User
from tests.at_once import at_once
from tests.factories.matching import FollowFactory
from tests.factories.opportunities import OpportunityFactory


@pytest.fixture
def sensors(db: None, noon: datetime) -> Opportunity:
    return OpportunityFactory.create(disclosed_from=noon)


def test_following_twice_is_once_whoever_of_the_company_does_it(
    sensors: Opportunity, vallar: Company, alice: User, bob: User, noon: datetime
) -> None:
    first = follow_opportunity(sensors.pk, company=vallar, by=alice, now=noon)
    second = follow_opportunity(sensors.pk, company=vallar, by=bob, now=noon + timedelta(hours=1))

    assert first == second
    assert [(row.by, row.created_at) for row in Follow.objects.all()] == [(alice, noon)]
    assert list(followed_opportunities(vallar, at=noon)) == [sensors]


def test_what_is_ended_is_kept_and_can_be_begun_anew(
    sensors: Opportunity, vallar: Company, alice: User, bob: User, noon: datetime
) -> None:
    hour = timedelta(hours=1)
    follow_opportunity(sensors.pk, company=vallar, by=alice, now=noon)

    unfollow_opportunity(sensors.pk, company=vallar, now=noon + hour)
    unfollow_opportunity(sensors.pk, company=vallar, now=noon + 2 * hour)

    assert list(followed_opportunities(vallar, at=noon + 2 * hour)) == []

    follow_opportunity(sensors.pk, company=vallar, by=bob, now=noon + 3 * hour)

    rows = Follow.objects.order_by("pk")
    assert [(row.by, row.ended_at) for row in rows] == [(alice, noon + hour), (bob, None)]


def test_what_a_company_may_not_know_of_can_t_be_followed(
    vallar: Company, alice: User, noon: datetime
) -> None:
    secret = OpportunityFactory.create(disclosed_from=noon + timedelta(seconds=1))

    assert follow_opportunity(secret.pk, company=vallar, by=alice, now=noon) is None
    assert follow_opportunity(0, company=vallar, by=alice, now=noon) is None

    assert not Follow.objects.exists()


def test_what_is_withdrawn_isn_t_shown_while_it_is_but_stays_followed(
    sensors: Opportunity, vallar: Company, alice: User, noon: datetime
) -> None:
    follow_opportunity(sensors.pk, company=vallar, by=alice, now=noon)
    Opportunity.objects.update(disclosed_from=None)

    assert list(followed_opportunities(vallar, at=noon)) == []

    Opportunity.objects.update(disclosed_from=noon)

    assert list(followed_opportunities(vallar, at=noon)) == [sensors]


def test_what_is_merged_is_followed_as_the_whole_and_ended_with_it(
    sensors: Opportunity, vallar: Company, alice: User, noon: datetime
) -> None:
    report = OpportunityFactory.create(merged_into=sensors)
    follow = FollowFactory.create(company=vallar, opportunity=report, by=alice)

    assert list(followed_opportunities(vallar, at=noon)) == [sensors]
    assert follow_opportunity(sensors.pk, company=vallar, by=alice, now=noon) == follow
    assert Follow.objects.count() == 1

    unfollow_opportunity(sensors.pk, company=vallar, now=noon)

    assert list(followed_opportunities(vallar, at=noon)) == []


def test_another_company_follows_by_itself(
    sensors: Opportunity, vallar: Company, alice: User, charlie: User, noon: datetime
) -> None:
    cedern = charlie.companies.get()
    follow_opportunity(sensors.pk, company=vallar, by=alice, now=noon)

    assert list(followed_opportunities(cedern, at=noon)) == []

    unfollow_opportunity(sensors.pk, company=cedern, now=noon)

    assert list(followed_opportunities(vallar, at=noon)) == [sensors]


@pytest.mark.django_db(transaction=True)
def test_eight_who_follow_at_once_leave_one(
    sensors: Opportunity, vallar: Company, alice: User, noon: datetime
) -> None:
    at_once(lambda _: follow_opportunity(sensors.pk, company=vallar, by=alice, now=noon), range(8))

    assert Follow.objects.count() == 1

"""However many profiles somebody subscribes to: one mail a period, and each opportunity once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core import mail

from matching.delivery.leaving import end_subscriptions
from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.models import CapabilityProfile, DeliveredOpportunity, Delivery, Subscription, Withdrawal
from portal.accounts.models import Company, User
from tests.at_once import at_once
from tests.factories.matching import CapabilityProfileFactory, MatchFactory, SubscriptionFactory
from tests.integration.delivery.world import DAY, add_match, move_deadline, owe_and_send

TODAY = date(2026, 11, 20)  # a Friday, as noon is


@pytest.fixture
def meters(vallar: Company) -> CapabilityProfile:
    return CapabilityProfileFactory.create(company=vallar, name="Meters")


@pytest.fixture
def both(subscription: Subscription, alice: User, meters: CapabilityProfile) -> tuple[Subscription, ...]:
    """Alice's: water, and meters."""
    return subscription, SubscriptionFactory.create(user=alice, profile=meters)


def test_two_profiles_come_in_one_mail_and_what_fits_both_stands_once(
    both: tuple[Subscription, ...], noon: datetime
) -> None:
    water, meters = (each.profile for each in both)
    shared = add_match(water, now=noon, title="Smart water meters", score=60)
    MatchFactory.create(profile=meters, opportunity=shared.opportunity, score=90)
    add_match(water, now=noon, title="SCADA")
    add_match(meters, now=noon, title="Gas meters")

    owe_and_send(TODAY, now=noon)
    owe_and_send(TODAY, now=noon)

    [message] = mail.outbox
    assert message.body.count("Smart water meters") == 1
    assert "Fit 90 of 100 · Meters · " in message.body
    assert "Fit 72 of 100 · Water · " in message.body
    assert "* Water\n" in message.body
    assert "* Meters\n" in message.body
    assert DeliveredOpportunity.objects.count() == 3


def test_what_one_profile_told_the_other_does_not_repeat(
    both: tuple[Subscription, ...], noon: datetime
) -> None:
    water, meters = both
    match = add_match(water.profile, now=noon)
    owe_and_send(TODAY, now=noon)
    MatchFactory.create(profile=meters.profile, opportunity=match.opportunity, score=90)

    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)
    move_deadline(match.opportunity, noon + 30 * DAY)
    owe_and_send(TODAY + 4 * DAY, now=noon + 4 * DAY)

    sections = list(DeliveredOpportunity.objects.order_by("pk").values_list("section", flat=True))
    assert (len(mail.outbox), sections) == (2, ["new", "changed"])


def test_daily_and_weekly_meet_in_one_mail_on_the_day_of_the_week(
    both: tuple[Subscription, ...], noon: datetime
) -> None:
    water, meters = both
    Subscription.objects.filter(pk=meters.pk).update(weekday=0, created_at=noon - 30 * DAY, decided_on=TODAY)
    add_match(water.profile, now=noon, title="Daily")
    add_match(meters.profile, now=noon, title="Weekly")
    owe_and_send(TODAY, now=noon)
    add_match(water.profile, now=noon, title="On Monday")

    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)

    first, second = (str(message.body) for message in mail.outbox)
    assert "Weekly" not in first
    assert "Weekly" in second
    assert "On Monday" in second


def test_whoever_leaves_one_profile_before_sending_is_told_of_the_other(
    both: tuple[Subscription, ...], noon: datetime
) -> None:
    water, meters = both
    add_match(water.profile, now=noon, title="SCADA")
    add_match(meters.profile, now=noon, title="Gas meters")
    owe_daily_digests(TODAY, now=noon)
    end_subscriptions([water.pk], way=Withdrawal.Way.PAGE, now=noon)

    send_delivery(Delivery.objects.get().pk, now=noon)

    [message] = mail.outbox
    assert "Gas meters" in message.body
    assert "SCADA" not in message.body


def test_a_colleague_gets_a_mail_of_their_own(
    both: tuple[Subscription, ...], bob: User, noon: datetime
) -> None:
    SubscriptionFactory.create(user=bob, profile=both[0].profile)
    add_match(both[0].profile, now=noon)

    owe_and_send(TODAY, now=noon)

    assert sorted(message.to for message in mail.outbox) == [["alice@example.org"], ["bob@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_eight_deciders_owe_one_mail_for_two_profiles(both: tuple[Subscription, ...], noon: datetime) -> None:
    for each in both:
        add_match(each.profile, now=noon)

    at_once(lambda _: owe_daily_digests(TODAY, now=noon), range(8))

    assert Delivery.objects.count() == 1
    assert DeliveredOpportunity.objects.count() == 2

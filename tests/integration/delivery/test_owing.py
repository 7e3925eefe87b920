from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.delivery.owing import owe_daily_digests
from matching.models import CapabilityProfile, DeliveredOpportunity, Delivery, DigestRun, Subscription
from opportunities.compile import Change
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from portal.accounts.models import User
from portal.lib.money import Money
from tests.factories.accounts import UserFactory
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.integration.delivery.world import DAY, add_match, move_deadline, owe_and_send, revise

Section = DeliveredOpportunity.Section
TODAY = date(2026, 11, 20)


def sections() -> list[tuple[str, str]]:
    """What the last run's deliveries hold: section and title."""
    last = DigestRun.objects.latest("period")
    lines = DeliveredOpportunity.objects.filter(delivery__run=last).order_by("pk")
    return list(lines.values_list("section", "opportunity__title"))


def test_a_new_match_is_owed_once(subscription: Subscription, noon: datetime) -> None:
    match = add_match(subscription.profile, now=noon)

    run = owe_daily_digests(TODAY, now=noon)
    again = owe_daily_digests(TODAY, now=noon + timedelta(hours=1))

    assert again == run
    assert run.decided_at == noon == again.decided_at
    line = DeliveredOpportunity.objects.get()
    assert (line.opportunity, line.subscription, line.section) == (
        match.opportunity,
        subscription,
        Section.NEW,
    )
    assert Delivery.objects.get().recipient == subscription.recipient


def test_nothing_to_tell_owes_nothing_but_is_decided(subscription: Subscription, noon: datetime) -> None:
    add_match(subscription.profile, now=noon, score=subscription.least_score - 1)
    add_match(subscription.profile, now=noon, submission_deadline=noon - DAY)
    add_match(subscription.profile, now=noon, stage=Stage.CANCELLED)
    add_match(subscription.profile, now=noon, disclosed_from=None)
    add_match(subscription.profile, now=noon, disclosed_from=noon + DAY)

    run = owe_daily_digests(TODAY, now=noon)

    assert run.decided_at == noon
    assert not Delivery.objects.exists()


def test_each_kind_of_news_has_its_section(subscription: Subscription, noon: datetime) -> None:
    water = subscription.profile
    add_match(water, now=noon, title="Fresh")
    add_match(water, now=noon, title="Planned", stage=Stage.DPR, submission_deadline=None)
    add_match(water, now=noon, title="Found late", published_at=noon - 16 * DAY)

    owe_daily_digests(TODAY, now=noon)

    assert sections() == [
        (Section.NEW, "Fresh"),
        (Section.EARLY, "Planned"),
        (Section.CAUGHT_UP, "Found late"),
    ]


def test_what_was_told_is_not_told_again(subscription: Subscription, noon: datetime) -> None:
    add_match(subscription.profile, now=noon)
    owe_and_send(TODAY, now=noon)

    owe_daily_digests(TODAY + DAY, now=noon + DAY)

    assert Delivery.objects.count() == 1


def test_a_moved_deadline_comes_as_changed_once(subscription: Subscription, noon: datetime) -> None:
    match = add_match(subscription.profile, now=noon, title="Sensors")
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, noon + 30 * DAY)

    owe_and_send(TODAY + DAY, now=noon + DAY)
    owe_and_send(TODAY + 2 * DAY, now=noon + 2 * DAY)

    assert list(DeliveredOpportunity.objects.order_by("pk").values_list("section", flat=True)) == [
        "new",
        "changed",
    ]


def test_a_cancellation_reaches_those_who_were_told(subscription: Subscription, noon: datetime) -> None:
    match = add_match(subscription.profile, now=noon, title="Sensors")
    owe_and_send(TODAY, now=noon)
    Opportunity.objects.filter(pk=match.opportunity_id).update(stage=Stage.CANCELLED)
    revise(match.opportunity, Change("stage", Stage.TENDER, Stage.CANCELLED))

    owe_daily_digests(TODAY + DAY, now=noon + DAY)

    assert sections() == [(Section.CHANGED, "Sensors")]


@pytest.mark.parametrize(
    "change",
    [
        Change("contact", "The engineer", "The commissioner"),
        Change("value", None, Money(Decimal(5), "INR")),
    ],
    ids=["of no consequence", "a gap filled in"],
)
def test_a_change_that_asks_nothing_of_a_bidder_is_not_told(
    subscription: Subscription, noon: datetime, change: Change
) -> None:
    match = add_match(subscription.profile, now=noon)
    owe_and_send(TODAY, now=noon)
    revise(match.opportunity, change)

    owe_daily_digests(TODAY + DAY, now=noon + DAY)

    assert Delivery.objects.count() == 1


def test_closing_is_told_once(subscription: Subscription, noon: datetime) -> None:
    add_match(subscription.profile, now=noon, submission_deadline=noon + 10 * DAY)

    for day in range(11):
        owe_and_send(TODAY + day * DAY, now=noon + day * DAY)

    periods = DeliveredOpportunity.objects.order_by("pk").values_list("section", "delivery__run__period")
    assert list(periods) == [("new", TODAY), ("closing", TODAY + 3 * DAY)]


def test_another_deadline_closes_anew(subscription: Subscription, noon: datetime) -> None:
    match = add_match(subscription.profile, now=noon, submission_deadline=noon + 3 * DAY)
    owe_and_send(TODAY, now=noon)
    owe_and_send(TODAY + DAY, now=noon + DAY)
    move_deadline(match.opportunity, noon + 20 * DAY)

    owe_and_send(TODAY + 2 * DAY, now=noon + 2 * DAY)
    owe_and_send(TODAY + 14 * DAY, now=noon + 14 * DAY)

    told = DeliveredOpportunity.objects.order_by("pk").values_list("section", flat=True)
    assert list(told) == ["new", "closing", "changed", "closing"]


def test_a_match_ranked_26th_is_told_too(subscription: Subscription, noon: datetime) -> None:
    for rank in range(30):
        add_match(subscription.profile, now=noon, score=100 - rank)

    owe_daily_digests(TODAY, now=noon)

    assert DeliveredOpportunity.objects.count() == 30


def test_what_does_not_fit_in_one_mail_is_told_in_the_next(
    subscription: Subscription, noon: datetime
) -> None:
    for rank in range(53):
        add_match(subscription.profile, now=noon, score=100 - rank)

    owe_and_send(TODAY, now=noon)
    owe_and_send(TODAY + DAY, now=noon + DAY)

    counted = [delivery.delivered_opportunities.count() for delivery in Delivery.objects.order_by("pk")]
    assert counted == [50, 3]
    assert DeliveredOpportunity.objects.values("opportunity").distinct().count() == 53


def test_a_missed_day_is_made_up_in_the_next_mail(subscription: Subscription, noon: datetime) -> None:
    add_match(subscription.profile, now=noon, title="Of Thursday")
    add_match(subscription.profile, now=noon + 3 * DAY, title="Of Monday")

    owe_daily_digests(TODAY + 3 * DAY, now=noon + 3 * DAY)

    assert sections() == [(Section.NEW, "Of Thursday"), (Section.NEW, "Of Monday")]
    assert Delivery.objects.count() == 1


def test_an_interrupted_run_goes_on_where_it_stopped(
    subscription: Subscription, bob: User, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon)
    owe_daily_digests(TODAY, now=noon)
    DigestRun.objects.update(decided_at=None)
    SubscriptionFactory.create(user=bob, profile=subscription.profile)

    run = owe_daily_digests(TODAY, now=noon + timedelta(minutes=15))

    assert run.decided_at == noon + timedelta(minutes=15)
    assert Delivery.objects.count() == 2


def test_only_those_who_want_it_are_owed_it(
    subscription: Subscription, water: CapabilityProfile, bob: User, noon: datetime
) -> None:
    SubscriptionFactory.create(user=bob, profile=water, ended_at=noon - DAY)
    SubscriptionFactory.create(user=UserFactory.create(is_active=False), profile=water)
    add_match(water, now=noon)

    owe_daily_digests(TODAY, now=noon)

    assert Delivery.objects.get().recipient == subscription.recipient


def test_a_competitor_gets_nothing_of_ours(subscription: Subscription, charlie: User, noon: datetime) -> None:
    theirs = CapabilityProfileFactory.create(company=charlie.companies.get(), name="Theirs")
    SubscriptionFactory.create(user=charlie, profile=theirs)
    # Someone who has left the company for the competitor, and kept the subscription
    SubscriptionFactory.create(user=charlie, profile=subscription.profile)
    add_match(subscription.profile, now=noon)

    owe_daily_digests(TODAY, now=noon)

    assert Delivery.objects.get().recipient == subscription.recipient


def test_queries_do_not_grow_with_matches(subscription: Subscription, noon: datetime) -> None:
    def queries_of(period: date) -> int:
        with CaptureQueriesContext(connection) as queries:
            owe_daily_digests(period, now=noon)
        return len(queries)

    add_match(subscription.profile, now=noon)
    of_one = queries_of(TODAY)
    for _ in range(20):
        add_match(subscription.profile, now=noon)
    of_twenty = queries_of(TODAY + DAY)

    assert of_twenty <= of_one + 1  # the changes of what was told before

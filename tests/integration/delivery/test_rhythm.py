"""Daily or weekly: each period is decided once, whatever is changed between two runs, and nothing is lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.delivery.leaving import end_subscriptions
from matching.delivery.owing import owe_daily_digests
from matching.delivery.subscribing import MailWish, save_wish
from matching.delivery.timetable import period_began
from matching.models import (
    CapabilityProfile,
    DeliveredOpportunity,
    Delivery,
    Recipient,
    Subscription,
    Withdrawal,
)
from portal.accounts.models import Company, User
from tests.at_once import at_once
from tests.factories.matching import SubscriptionFactory
from tests.integration.delivery.world import DAY, add_match, owe_and_send

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
TODAY = date(2026, 11, 20)  # a Friday, as noon is


def runs(noon: datetime, first: int, last: int) -> list[date]:
    """Owe and send on each working day, counted from today; the days on which there was a mail."""
    for ahead in range(first, last + 1):
        day = TODAY + ahead * DAY
        if day.weekday() <= FRIDAY:
            owe_and_send(day, now=noon + ahead * DAY)
    return mailed()


def about(subscription: Subscription) -> CapabilityProfile:
    assert subscription.profile is not None
    return subscription.profile


def mailed() -> list[date]:
    return list(Delivery.objects.order_by("run__period").values_list("run__period", flat=True))


def told() -> list[str]:
    lines = DeliveredOpportunity.objects.filter(section="new").order_by("pk")
    return list(lines.values_list("opportunity__title", flat=True))


@pytest.fixture
def weekly(subscription: Subscription, noon: datetime) -> Subscription:
    """Alice's, on Mondays, wanted for long."""
    subscription.weekday = MONDAY
    subscription.created_at = noon - 100 * DAY
    subscription.decided_on = TODAY - 4 * DAY
    subscription.save()
    return subscription


def test_weekly_is_one_mail_with_all_of_the_week(weekly: Subscription, noon: datetime) -> None:
    for ahead in range(5):
        add_match(weekly.profile, now=noon + ahead * DAY, title=f"Day {ahead}", disclosed_from=noon)

    assert runs(noon, 0, 9) == [date(2026, 11, 23)]
    assert len(told()) == 5

    add_match(weekly.profile, now=noon + 9 * DAY, title="Next week")
    assert runs(noon, 10, 14) == [date(2026, 11, 23), date(2026, 11, 30)]


def test_a_monday_without_a_run_is_made_up_for_on_tuesday(weekly: Subscription, noon: datetime) -> None:
    add_match(weekly.profile, now=noon)

    assert runs(noon, 4, 4) == [date(2026, 11, 24)]

    add_match(weekly.profile, now=noon + 5 * DAY)
    assert runs(noon, 5, 12) == [date(2026, 11, 24), date(2026, 11, 30)]


def test_a_week_without_news_is_decided_all_the_same(weekly: Subscription, noon: datetime) -> None:
    runs(noon, 3, 3)
    add_match(weekly.profile, now=noon + 4 * DAY)

    assert runs(noon, 4, 9) == []
    assert runs(noon, 10, 10) == [date(2026, 11, 30)]


def test_whoever_comes_in_midweek_begins_with_their_day(
    alice: User, water: CapabilityProfile, noon: datetime
) -> None:
    SubscriptionFactory.create(user=alice, profile=water, weekday=WEDNESDAY, created_at=noon)
    add_match(water, now=noon)

    assert runs(noon, 0, 4) == []
    assert runs(noon, 5, 5) == [date(2026, 11, 25)]


def test_what_daily_has_told_weekly_does_not_repeat(
    subscription: Subscription, alice: User, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon, title="Daily")
    runs(noon, 0, 0)
    add_match(subscription.profile, now=noon, title="Between")
    save_wish(alice, about(subscription), MailWish(is_off=False, weekday=WEDNESDAY), now=noon)

    assert runs(noon, 1, 11) == [TODAY, date(2026, 11, 25)]
    assert told() == ["Daily", "Between"]


def test_a_change_on_the_day_of_a_mail_makes_no_second(
    subscription: Subscription, alice: User, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon)
    runs(noon, 0, 0)
    add_match(subscription.profile, now=noon)

    save_wish(alice, about(subscription), MailWish(is_off=False, weekday=FRIDAY), now=noon)

    assert runs(noon, 0, 6) == [TODAY]


def test_a_run_that_was_interrupted_decides_the_rest_and_nobody_twice(
    subscription: Subscription, bob: User, water: CapabilityProfile, noon: datetime
) -> None:
    add_match(water, now=noon)
    run = owe_daily_digests(TODAY, now=noon)
    SubscriptionFactory.create(user=bob, profile=water)
    run.decided_at = None  # as after a crash
    run.save(update_fields=["decided_at"])
    subscription.weekday = FRIDAY
    subscription.save(update_fields=["weekday"])

    owe_daily_digests(TODAY, now=noon)

    assert sorted(Delivery.objects.values_list("recipient__user__name", flat=True)) == [
        "Alice Ahlgren",
        "Bo Berg",
    ]


@pytest.mark.django_db(transaction=True)
def test_eight_deciders_owe_a_weekly_mail_once(weekly: Subscription, noon: datetime) -> None:
    add_match(weekly.profile, now=noon)

    at_once(lambda _: owe_daily_digests(date(2026, 11, 23), now=noon + 3 * DAY), range(8))

    assert mailed() == [date(2026, 11, 23)]


def test_switched_off_is_no_mail_and_on_again_tells_what_was_missed(
    subscription: Subscription, alice: User, noon: datetime
) -> None:
    end_subscriptions([subscription.pk], way=Withdrawal.Way.PAGE, now=noon)
    add_match(subscription.profile, now=noon, title="Missed")
    assert runs(noon, 0, 3) == []

    save_wish(alice, about(subscription), MailWish(is_off=False), now=noon + 3 * DAY)

    assert runs(noon, 4, 4) == [date(2026, 11, 24)]
    assert told() == ["Missed"]


@pytest.mark.parametrize(("least", "expected"), [(None, ["Seventy", "Fifty"]), (60, ["Seventy"]), (80, [])])
def test_only_what_reaches_the_chosen_score_is_told(
    least: int | None, expected: list[str], subscription: Subscription, noon: datetime
) -> None:
    subscription.minimum_score = least
    subscription.save(update_fields=["minimum_score"])
    add_match(subscription.profile, now=noon, score=50, title="Fifty")
    add_match(subscription.profile, now=noon, score=70, title="Seventy")

    runs(noon, 0, 0)

    assert told() == expected


def test_below_the_list_nothing_is_told(subscription: Subscription, noon: datetime) -> None:
    subscription.minimum_score = 10
    subscription.save(update_fields=["minimum_score"])
    add_match(subscription.profile, now=noon, score=20)

    assert runs(noon, 0, 0) == []


def test_what_a_lower_score_lets_in_is_told_then(subscription: Subscription, noon: datetime) -> None:
    subscription.minimum_score = 80
    subscription.save(update_fields=["minimum_score"])
    add_match(subscription.profile, now=noon, score=50, title="Fifty")
    assert runs(noon, 0, 0) == []

    Subscription.objects.update(minimum_score=None)

    assert runs(noon, 3, 3) == [date(2026, 11, 23)]
    assert told() == ["Fifty"]


def test_a_weekly_reader_hears_of_a_closing_a_week_before(weekly: Subscription, noon: datetime) -> None:
    monday = noon + 3 * DAY
    add_match(weekly.profile, now=noon, submission_deadline=monday + 13 * DAY)
    runs(noon, 3, 3)

    runs(noon, 4, 10)

    sections = DeliveredOpportunity.objects.order_by("pk").values_list("section", "delivery__run__period")
    assert list(sections) == [("new", date(2026, 11, 23)), ("closing", date(2026, 11, 30))]


def test_a_weekly_mail_says_so_and_leads_to_where_it_is_changed(weekly: Subscription, noon: datetime) -> None:
    add_match(weekly.profile, now=noon, submission_deadline=noon + 16 * DAY)

    runs(noon, 3, 10)

    first, second = (str(message.body) for message in mail.outbox)
    assert "once a week when there is something to tell" in first
    assert f"/notifications/{weekly.profile_id}/" in first
    assert "Closing within two weeks (1)" in second


@pytest.mark.parametrize("chosen", ["sv", ""])
def test_the_mail_is_in_the_language_that_was_chosen(
    chosen: str, subscription: Subscription, noon: datetime
) -> None:
    """Alice reads English unless she chooses otherwise."""
    Recipient.objects.update(language=chosen)
    add_match(subscription.profile, now=noon)

    runs(noon, 0, 0)

    assert mail.outbox[0].extra_headers["Content-Language"] == (chosen or "en")


def test_a_company_that_isnt_approved_any_more_gets_no_mail(
    subscription: Subscription, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon)
    owe_daily_digests(TODAY, now=noon)
    Company.objects.update(approved_at=None)

    assert runs(noon, 0, 4) == [TODAY]  # owed before
    assert mail.outbox == []


# What may happen on a day: a run or none, one tender or none, and perhaps another rhythm (-1 is daily).
a_day = st.tuples(st.booleans(), st.booleans(), st.sampled_from([None, None, None, -1, 0, 1, 2, 3, 4]))


History = list[tuple[bool, bool, int | None]]
histories = st.lists(a_day, min_size=5, max_size=16)
lived = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(lived, max_examples=3)
@given(history=histories)
def test_each_period_is_decided_once_and_nothing_is_lost(
    history: History, subscription: Subscription, noon: datetime
) -> None:
    """In periods as the rhythm in force counts them, however often it changes; a daily run tells the rest."""
    with transaction.atomic():
        _live_through(history, subscription, noon)
        transaction.set_rollback(True)


@pytest.mark.slow
@settings(lived, max_examples=60)
@given(history=histories)
def test_nor_is_it_in_very_many_histories(
    history: History, subscription: Subscription, noon: datetime
) -> None:
    with transaction.atomic():
        _live_through(history, subscription, noon)
        transaction.set_rollback(True)


def _live_through(history: History, subscription: Subscription, noon: datetime) -> None:
    expected: list[str] = []
    last_decided: date | None = None
    Subscription.objects.update(created_at=noon - 100 * DAY)
    for ahead, (has_run, has_tender, rhythm) in enumerate(history):
        day, now = TODAY + ahead * DAY, noon + ahead * DAY
        if has_tender:
            add_match(subscription.profile, now=now - timedelta(hours=1), title=f"Day {ahead}")
            expected.append(f"Day {ahead}")
        if rhythm is not None:
            Subscription.objects.update(weekday=None if rhythm == -1 else rhythm)
        if has_run and day.weekday() <= FRIDAY:
            weekday = Subscription.objects.get().weekday
            owe_and_send(day, now=now)
            owe_and_send(day, now=now)
            is_first = last_decided is None or last_decided < period_began(day, weekday)
            assert (Subscription.objects.get().decided_on == day) is is_first
            last_decided = day if is_first else last_decided
            assert Delivery.objects.filter(run__period=day).count() <= is_first
    Subscription.objects.update(weekday=None)
    end = noon + (len(history) + 1) * DAY
    owe_and_send(end.date(), now=end)
    assert sorted(told()) == sorted(expected)

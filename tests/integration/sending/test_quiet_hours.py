"""Sending keeps to the hours that deciding keeps to: nobody's telephone rings at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.models import Delivery, DigestRun, Recipient, Subscription
from portal.lib.retry import postpone_on_failure
from tests.factories.matching import DeliveryFactory
from tests.integration.delivery.world import add_match
from tests.integration.sending.conftest import TODAY

pytestmark = pytest.mark.django_db
TEN_AT_NIGHT = datetime(2026, 11, 19, 21, 0, tzinfo=UTC)  # a Thursday in Stockholm


@pytest.fixture
def owed(subscription: Subscription, noon: datetime) -> Delivery:
    """Since noon of a Friday."""
    add_match(subscription.profile, now=noon)
    owe_daily_digests(TODAY, now=noon)
    return Delivery.objects.get()


@pytest.mark.parametrize(
    ("habits", "tried", "comes"),
    [
        ({}, "2026-11-20T20:59", "2026-11-20T20:59"),
        ({}, "2026-11-20T21:00", "2026-11-23T06:00"),
        ({"wants_weekends": True}, "2026-11-20T21:00", "2026-11-21T06:00"),
        ({"wants_weekends": True, "send_hour": 9}, "2026-11-21T05:30", "2026-11-21T08:00"),
        ({"wants_weekends": True, "time_zone": "Asia/Kolkata"}, "2026-11-20T17:00", "2026-11-21T01:30"),
        ({}, "2026-11-22T12:00", "2026-11-23T06:00"),
    ],
)
def test_what_is_late_goes_at_its_readers_morning(
    habits: dict[str, object], tried: str, comes: str, owed: Delivery
) -> None:
    """The mail server is back at ten at night, or on Saturday for who is free at weekends."""
    Recipient.objects.update(**habits)
    at, morning = (datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (tried, comes))

    at_once = [send_delivery(owed.pk, now=at) for _ in range(2)]
    is_due_before = Delivery.objects.due_at(morning - timedelta(minutes=1)).exists()
    later = [send_delivery(owed.pk, now=morning) for _ in range(2)]

    owed.refresh_from_db()
    assert not is_due_before
    assert (at_once + later).count(True) == len(mail.outbox) == 1
    assert owed.sent_at == morning


def test_waiting_for_the_morning_is_no_failure(owed: Delivery) -> None:
    with postpone_on_failure(Delivery, owed.pk, now=TEN_AT_NIGHT):
        send_delivery(owed.pk, now=TEN_AT_NIGHT)

    owed.refresh_from_db()
    assert (owed.attempts, owed.handed_at) == (0, None)
    assert not Delivery.objects.due_at(TEN_AT_NIGHT + timedelta(hours=8)).exists()


def test_an_alert_waits_too_and_is_no_news_after_a_weekend(
    subscription: Subscription, noon: datetime
) -> None:
    evening = noon + timedelta(hours=8)
    alert = DeliveryFactory.create(
        run=None,
        recipient=subscription.recipient,
        alert_on=TODAY,
        alert_number=1,
        owed_at=evening,
        retry_at=evening,
    )

    send_delivery(alert.pk, now=noon + timedelta(hours=10))
    alert.refresh_from_db()
    waits_until = alert.retry_at
    send_delivery(alert.pk, now=waits_until)

    alert.refresh_from_db()
    assert waits_until == datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    assert alert.dropped_because.startswith("no news any more")
    assert mail.outbox == []


def test_what_was_to_come_at_once_waits_for_seven_whatever_hour_was_chosen(
    owed: Delivery, noon: datetime
) -> None:
    Recipient.objects.update(send_hour=15, wants_weekends=True)
    DigestRun.objects.update(hour=13)

    send_delivery(owed.pk, now=noon + timedelta(hours=12))

    owed.refresh_from_db()
    assert owed.retry_at == datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


def test_what_an_operator_owes_at_night_goes_at_night(subscription: Subscription) -> None:
    add_match(subscription.profile, now=TEN_AT_NIGHT)
    owe_daily_digests(date(2026, 11, 19), now=TEN_AT_NIGHT)

    assert send_delivery(Delivery.objects.get().pk, now=TEN_AT_NIGHT) is True

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from matching import tasks
from matching.delivery.owing import owe_daily_digests
from matching.models import Delivery, Subscription
from tests.integration.delivery.mail_server import unused_port
from tests.integration.delivery.world import add_match


@pytest.fixture
def delivery(subscription: Subscription) -> Delivery:
    now = timezone.now()
    add_match(subscription.profile, now=now)
    owe_daily_digests(now.date(), now=now)
    return Delivery.objects.get()


def test_a_delivery_is_sent_by_its_number(delivery: Delivery) -> None:
    tasks.send_deliveries([delivery.pk])

    assert len(mail.outbox) == 1


def test_a_failure_waits_longer_each_time(delivery: Delivery, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port()

    for _ in range(3):
        tasks.send_deliveries([delivery.pk])

    delivery.refresh_from_db()
    wait = delivery.retry_at - timezone.now()
    assert delivery.attempts == 3
    assert timedelta(minutes=3, seconds=50) < wait <= timedelta(minutes=4)
    assert "refused" in delivery.last_error
    assert not Delivery.objects.due_at(timezone.now()).exists()

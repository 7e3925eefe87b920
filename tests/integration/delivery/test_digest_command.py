from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from matching.models import DeliveredOpportunity, Delivery, DigestRun, Subscription
from tests.integration.delivery.mail_server import unused_port
from tests.integration.delivery.world import add_match

NO_SECTIONS = {"new": 0, "changed": 0, "closing": 0, "last_call": 0, "early": 0, "caught_up": 0}


def digest(*options: str) -> dict[str, Any]:
    """The object on the last line."""
    output = StringIO()
    call_command("digest", "--json", *options, stdout=output, stderr=StringIO())
    outcome: dict[str, Any] = json.loads(output.getvalue().splitlines()[-1])
    return outcome


def test_it_owes_and_sends(subscription: Subscription) -> None:
    add_match(subscription.profile, now=timezone.now())

    outcome = digest("--period", "2026-11-23")

    assert outcome == {
        "period": "2026-11-23",
        "subscriptions": 1,
        "owed": 1,
        "sent": 1,
        "dropped": 0,
        "failed": 0,
        "already_sent": 0,
        "sections": NO_SECTIONS | {"new": 1},
    }
    assert len(mail.outbox) == 1


def test_twice_is_once(subscription: Subscription) -> None:
    add_match(subscription.profile, now=timezone.now())
    digest("--period", "2026-11-23")

    outcome = digest("--period", "2026-11-23")

    assert (outcome["owed"], outcome["sent"], outcome["already_sent"]) == (0, 0, 1)
    assert outcome["sections"] == NO_SECTIONS
    assert len(mail.outbox) == 1


def test_a_dry_run_tells_and_changes_nothing(subscription: Subscription) -> None:
    add_match(subscription.profile, now=timezone.now())

    outcome = digest("--period", "2026-11-23", "--dry-run")

    assert (outcome["owed"], outcome["sent"], outcome["sections"]["new"]) == (1, 0, 1)
    assert [model.objects.count() for model in (DigestRun, Delivery, DeliveredOpportunity)] == [0, 0, 0]
    assert mail.outbox == []


def test_what_no_mail_server_takes_waits(subscription: Subscription, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port()
    add_match(subscription.profile, now=timezone.now())
    output = StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("digest", "--json", "--period=2026-11-23", stdout=output, stderr=StringIO())

    assert stopped.value.code == 1
    outcome = json.loads(output.getvalue().splitlines()[-1])
    assert (outcome["owed"], outcome["sent"], outcome["failed"]) == (1, 0, 1)
    delivery = Delivery.objects.get()
    assert (delivery.sent_at, delivery.attempts) == (None, 1)
    assert delivery.retry_at > timezone.now() + timedelta(seconds=50)


@pytest.mark.parametrize("period", ["2026-13-01", "yesterday", "2026-02-30"])
def test_a_bad_date_ends_with_2_and_a_sentence(period: str) -> None:
    with pytest.raises(CommandError, match=f"“{period}” is not a date") as refused:
        call_command("digest", "--period", period)

    assert refused.value.returncode == 2

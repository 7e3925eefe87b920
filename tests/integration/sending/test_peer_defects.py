"""What peers' code gets wrong, as read in it, and ours must not.

A match that is ranked 26th: tests/integration/delivery/test_owing.py. A race of those who send:
tests/integration/delivery/test_sending.py, tests/integration/sending/test_sending_once.py. A second
reminder that something closes: tests/integration/sending/test_alerts.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from matching.models import DeliveredOpportunity, Subscription
from opportunities.compile import Change
from tests.integration.delivery import meddling
from tests.integration.delivery.world import add_match, move_deadline, owe_and_send, revise
from tests.integration.sending.conftest import TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sections() -> list[str]:
    return list(DeliveredOpportunity.objects.order_by("pk").values_list("section", flat=True))


def test_news_about_something_else_does_not_stand_in_for_the_reminder_that_it_closes(
    subscription: Subscription, noon: datetime
) -> None:
    """A peer's log of notices has no reason in it, so any line about a tender counts as its reminder."""
    match = add_match(subscription.profile, now=noon, submission_deadline=noon + 20 * DAY)
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, noon + 9 * DAY)
    owe_and_send(TODAY + DAY, now=noon + DAY)
    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)

    assert sections() == ["new", "changed", "closing"]


def test_a_reminder_goes_by_the_hour_of_the_deadline_and_not_by_its_date(
    subscription: Subscription, noon: datetime
) -> None:
    """A peer's reminder compares dates: what closes this morning is reminded of this afternoon."""
    add_match(subscription.profile, now=noon, submission_deadline=noon + timedelta(hours=1))
    owe_and_send(TODAY, now=noon + timedelta(hours=2))

    assert mail.outbox == []


def test_what_comes_up_while_a_mail_is_sent_does_not_count_as_told(
    subscription: Subscription, settings: Settings, noon: datetime
) -> None:
    """A peer marks by asking its filter again once the mail is gone: what came meanwhile is never told."""
    settings.EMAIL_BACKEND = meddling.MEDDLING
    add_match(subscription.profile, now=noon, title="Sensors")
    meddling.meanwhile.append(lambda: add_match(subscription.profile, now=noon, title="Came meanwhile"))
    owe_and_send(TODAY, now=noon)
    first = sections()
    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)

    assert first == ["new"]
    assert "Came meanwhile" not in str(mail.outbox[0].body)
    assert "Came meanwhile" in str(mail.outbox[1].body)


def test_another_title_makes_no_second_tender(subscription: Subscription, noon: datetime) -> None:
    """In peers an entry whose title is edited comes as a new one."""
    match = add_match(subscription.profile, now=noon, title="Sensors")
    owe_and_send(TODAY, now=noon)
    match.opportunity.title = "Sensors, supply and fitting of"
    match.opportunity.save(update_fields=["title"])
    revise(match.opportunity, Change("title", "Sensors", "Sensors, supply and fitting of"))
    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)

    assert sections() == ["new"]

"""Each person sees what was sent to them, and can have mail begin again that has stopped."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from matching.delivery import hindrances
from matching.delivery.alerting import owe_alerts
from matching.delivery.reports.mailbox import note_message
from matching.delivery.services import send_delivery
from matching.delivery.suppressing import Reported, is_suppressed, note_report
from matching.delivery.writing_again import ARRIVED
from matching.models import Delivery, MailReport, Recipient, Subscription, Suppression
from portal.accounts.models import User
from tests.at_once import at_once
from tests.factories.matching import DeliveryFactory, DigestRunFactory
from tests.integration.delivery.world import add_match, move_deadline, owe_and_send
from tests.integration.sending.conftest import TODAY
from tests.integration.sending.test_mail_reports import SECRET, say
from tests.unit.delivery.reports import bounce

pytestmark = pytest.mark.django_db
PAGE = "/notifications/sent/"
DAY = timedelta(days=1)


@pytest.fixture
def alices(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def stop(address: str, kind: MailReport.Kind) -> None:
    note_report(
        Reported(address, kind, MailReport.Channel.PROVIDER, fingerprint="f" * 64), now=timezone.now()
    )


def shown(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


def test_each_mail_says_what_became_of_it(alices: Client, subscription: Subscription) -> None:
    now = timezone.now()
    mails: list[dict[str, Any]] = [
        {"sent_at": now, "subject": "Taken"},
        {"dropped_because": hindrances.GIVEN_UP},
        {"attempts": 2, "retry_at": now + DAY},
        {"retry_at": now + DAY},
        {"retry_at": now},
        {"sent_at": now, "owed_at": now - DAY, "subject": "Late", "doubts": 1},
    ]
    for days, told in enumerate(mails):
        run = DigestRunFactory.create(period=TODAY + days * DAY)
        DeliveryFactory.create(run=run, recipient=subscription.recipient, **{"owed_at": now, **told})

    page = shown(alices)

    for words in (
        "Your mail server took it on",
        "Your mail server refused it for days. A later mail tells what it held.",
        "The mail server did not take it. It is tried again on",
        "It comes in the morning,",
        "It is sent within the minute",
        "It should have come on",
        "It may have come twice.",
    ):
        assert words in page


def test_what_came_back_says_so(alices: Client, sent: Delivery, noon: datetime) -> None:
    assert "Your mail server took it on" in shown(alices)

    note_message(bounce(message_id=sent.message_id), now=noon)

    assert MailReport.objects.get().delivery == sent
    assert "reported as not delivered" in shown(alices)


def test_what_a_provider_reports_as_bounced_says_so_in_the_log(
    alices: Client, subscription: Subscription, settings: Settings, noon: datetime
) -> None:
    """By the provider's own name for the mail, which isn't its Message-ID."""
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    settings.MAIL_PROVIDER, settings.MAIL_REPORTS_SECRET = "postmark", SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    add_match(subscription.profile, now=noon)
    owe_and_send(TODAY, now=noon)
    sent = Delivery.objects.get()

    others = say(Client(), "HardBounce", message=sent.provider_id, address="bob@example.org")
    unmarked = "Your mail server took it on" in shown(alices)
    own = say(Client(), "HardBounce", message=sent.provider_id)

    assert (others, own) == (200, 200)
    assert sent.provider_id not in ("", sent.message_id)
    assert unmarked
    assert MailReport.objects.get(address_hint="a…@example.org").delivery == sent
    assert "reported as not delivered" in shown(alices)


def test_it_leads_to_the_mail_and_shows_nobody_elses(
    alices: Client, sent: Delivery, charlie: User, client: Client
) -> None:
    [link] = re.findall(r'href="(/mail/view/[^"]+)"', shown(alices))
    client.force_login(charlie)

    assert "Water-quality sensors" in client.get(link).content.decode()
    assert "/mail/view/" not in shown(client)


def test_a_long_log_takes_few_queries(
    alices: Client, subscription: Subscription, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for days in range(30):
        run = DigestRunFactory.create(period=TODAY + days * DAY)
        DeliveryFactory.create(run=run, recipient=subscription.recipient, sent_at=timezone.now())

    with django_assert_max_num_queries(12):
        assert len(alices.get(PAGE).context["lines"]) == 20


@pytest.mark.parametrize("kind", [MailReport.Kind.HARD, MailReport.Kind.COMPLAINT])
def test_mail_that_has_stopped_begins_again_once_a_link_has_arrived(
    alices: Client, alice: User, kind: MailReport.Kind
) -> None:
    stop(alice.email, kind)
    told = [alices.get(page).content.decode() for page in (PAGE, "/notifications/")]

    alices.post("/notifications/again/")
    [link] = re.findall(r"http://\S+(/mail/again/\S+)", str(mail.outbox[0].body))
    still = [is_suppressed(alice.email), Client().get(link).status_code, is_suppressed(alice.email)]
    answers = [Client().post(link).status_code for _ in range(2)]

    assert all("No mail is sent to alice@example.org" in page for page in told)
    assert still == [True, 200, True]
    assert answers == [200, 200]
    assert not is_suppressed(alice.email)
    lifted = Suppression.objects.get()
    assert (lifted.lifted_by, lifted.lifted_because) == (alice, ARRIVED)
    assert "No mail is sent" not in shown(alices)


def test_nobody_lifts_it_for_another(alices: Client, alice: User, bob: User, client: Client) -> None:
    stop(alice.email, MailReport.Kind.COMPLAINT)
    client.force_login(bob)

    client.post("/notifications/again/")

    assert mail.outbox == []
    assert client.post("/mail/again/1-1:made:up/").status_code == 404
    assert is_suppressed(alice.email)


def test_a_link_to_a_former_address_leads_nowhere(alices: Client, alice: User) -> None:
    stop(alice.email, MailReport.Kind.HARD)
    alices.post("/notifications/again/")
    [link] = re.findall(r"http://\S+(/mail/again/\S+)", str(mail.outbox[0].body))
    User.objects.filter(pk=alice.pk).update(email="alice@example.net")

    assert Client().post(link).status_code == 404


def test_a_mail_server_that_is_down_is_told(alices: Client, alice: User, settings: Settings) -> None:
    stop(alice.email, MailReport.Kind.HARD)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1

    page = alices.post("/notifications/again/", follow=True).content.decode()

    assert "Your mail server did not take the mail" in page


@pytest.mark.django_db(transaction=True)
def test_eight_who_follow_the_link_lift_it_once(alices: Client, alice: User) -> None:
    stop(alice.email, MailReport.Kind.HARD)
    alices.post("/notifications/again/")
    [link] = re.findall(r"http://\S+(/mail/again/\S+)", str(mail.outbox[0].body))

    answers = at_once(lambda _: Client().post(link).status_code, range(8))

    assert set(answers) == {200}
    assert Suppression.objects.exclude(lifted_at=None).count() == 1


def test_without_alerts_the_digest_tells_it(
    alices: Client, subscription: Subscription, noon: datetime
) -> None:
    match = add_match(subscription.profile, now=noon, score=90)
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, noon + 30 * DAY)
    alices.post("/notifications/alerts/", {"wanted": "no"})
    alerts = owe_alerts(now=noon + timedelta(hours=1))
    owe_and_send(TODAY + 3 * DAY, now=noon + 3 * DAY)

    assert (alerts, len(mail.outbox)) == (0, 2)
    assert "Switch alerts on" in alices.get("/notifications/").content.decode()


def test_an_alert_that_waits_is_not_sent_to_who_wants_none(
    subscription: Subscription, noon: datetime
) -> None:
    match = add_match(subscription.profile, now=noon, score=90)
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, noon + 30 * DAY)
    owe_alerts(now=noon + timedelta(hours=1))
    Recipient.objects.update(wants_alerts=False)

    alert = Delivery.objects.get(alert_on=TODAY)

    assert send_delivery(alert.pk, now=noon + timedelta(hours=1)) is False
    alert.refresh_from_db()
    assert alert.dropped_because == hindrances.NO_ALERTS

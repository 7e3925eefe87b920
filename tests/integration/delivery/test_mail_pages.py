from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core import mail
from django.test import Client

from matching.delivery import links
from matching.delivery.owing import owe_daily_digests
from matching.models import Delivery, Recipient, Subscription
from portal.accounts.models import User
from tests.integration.delivery.mail_server import unsubscribe_addresses
from tests.integration.delivery.world import add_match, owe_and_send


@pytest.fixture
def delivery(subscription: Subscription, noon: datetime) -> Delivery:
    """Sent to Alice."""
    add_match(subscription.profile, now=noon, title="Water-quality sensors")
    owe_and_send(date(2026, 11, 20), now=noon)
    return Delivery.objects.get()


@pytest.fixture
def stranger() -> Client:
    """As a mail program: no cookie, no token against forged forms, no page it came from."""
    return Client(enforce_csrf_checks=True)


def test_one_post_ends_it_and_more_change_nothing(delivery: Delivery, stranger: Client) -> None:
    address, _ = unsubscribe_addresses(mail.outbox[0].message())

    answers = [stranger.post(address, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Subscription.objects.get(recipient=delivery.recipient).ended_at is not None
    assert not Subscription.objects.wanted().exists()


def test_looking_ends_nothing(subscription: Subscription, stranger: Client) -> None:
    answer = stranger.get(links.unsubscribe_url(subscription.pk))

    assert answer.status_code == 200
    assert "Mail goes to alice@example.org about the following" in answer.content.decode()
    assert Subscription.objects.wanted().get() == subscription


def test_it_can_be_resumed_where_it_was_ended(subscription: Subscription, stranger: Client) -> None:
    stranger.post(links.unsubscribe_url(subscription.pk))

    stranger.post(links.unsubscribe_url(subscription.pk), {"resume": "1"})

    assert Subscription.objects.wanted().get() == subscription


def test_the_page_speaks_the_readers_language(
    subscription: Subscription, bob: User, stranger: Client
) -> None:
    Recipient.objects.update(user=bob)

    answer = stranger.get(links.unsubscribe_url(subscription.pk), headers={"accept-language": "en"})

    assert "Avsluta utskicken" in answer.content.decode()


@pytest.mark.parametrize("forge", [lambda token: token[:-1], lambda token: "2" + token, lambda _: "1"])
def test_a_forged_address_leads_nowhere(subscription: Subscription, stranger: Client, forge: object) -> None:
    assert callable(forge)
    token = forge(links.unsubscribe_token(subscription.pk))

    assert stranger.post(f"/mail/unsubscribe/{token}/").status_code == 404
    assert stranger.get(f"/mail/view/{token}/").status_code == 404
    assert Subscription.objects.wanted().exists()


def test_a_token_is_for_one_use(delivery: Delivery, stranger: Client) -> None:
    assert stranger.get(f"/mail/view/{links.unsubscribe_token(delivery.pk)}/").status_code == 404
    assert stranger.get(f"/mail/unsubscribe/{links.view_token(delivery.pk)}/").status_code == 404


def test_the_mail_is_shown_as_it_was_sent(delivery: Delivery, stranger: Client) -> None:
    answer = stranger.get(links.view_url(delivery.pk))

    assert answer.content.decode() == delivery.body_html
    policy = set(answer.headers["Content-Security-Policy"].split("; "))
    assert policy == {"default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'none'"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_was_not_sent_is_not_shown(subscription: Subscription, stranger: Client, noon: datetime) -> None:
    add_match(subscription.profile, now=noon)
    owe_daily_digests(date(2026, 11, 20), now=noon)

    assert stranger.get(links.view_url(Delivery.objects.get().pk)).status_code == 404

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from smtplib import SMTPException

import pytest
from pytest_django import Settings

from matching.delivery.message_ids import name_in
from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.models import Delivery, Subscription
from tests.integration.delivery.mail_server import Answer, MailServer, mail_server, unsubscribe_addresses
from tests.integration.delivery.world import add_match

TODAY = date(2026, 11, 20)


@pytest.fixture
def delivery(subscription: Subscription, noon: datetime) -> Delivery:
    add_match(subscription.profile, now=noon, title="Water-quality sensors for Pune’s SCADA")
    owe_daily_digests(TODAY, now=noon)
    return Delivery.objects.get()


@pytest.fixture
def use(settings: Settings) -> Callable[[MailServer], None]:
    def point_at(server: MailServer) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port

    return point_at


def test_it_carries_what_mail_programs_look_for(
    delivery: Delivery, noon: datetime, settings: Settings, use: Callable[[MailServer], None]
) -> None:
    settings.SITE_URL = "https://setu.example.org"
    with mail_server() as server:
        use(server)
        send_delivery(delivery.pk, now=noon)

    [message] = server.taken
    web, post = unsubscribe_addresses(message)
    assert web.startswith("https://setu.example.org/mail/unsubscribe/")
    assert post.startswith("mailto:office@example.org?subject=unsubscribe%20")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert name_in(message["Message-ID"]) == f"digest-2026-11-20-{delivery.pk}"
    assert message["Message-ID"].endswith("@setu.example.org>")
    assert message["List-Id"] == "Setu digest <digest.setu.example.org>"
    assert message["Reply-To"] == "office@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Precedence"] == "bulk"
    assert message["Content-Language"] == "en"
    assert message["Subject"].strip() == "1 new tender – Water-quality sensors for Pune’s SCADA"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]


@pytest.mark.parametrize("answer", [Answer.DEFER, Answer.REJECT, Answer.DROP])
def test_what_is_not_taken_is_owed_still(
    delivery: Delivery, noon: datetime, use: Callable[[MailServer], None], answer: Answer
) -> None:
    with mail_server(answer) as server:
        use(server)
        with pytest.raises(SMTPException):
            send_delivery(delivery.pk, now=noon)

    delivery.refresh_from_db()
    assert (delivery.sent_at, delivery.dropped_because, delivery.body_text) == (None, "", "")
    assert delivery.delivered_opportunities.count() == 1


def test_a_mail_in_doubt_is_sent_again_under_the_same_message_id(
    delivery: Delivery, noon: datetime, use: Callable[[MailServer], None]
) -> None:
    with mail_server(Answer.DROP) as server:
        use(server)
        with pytest.raises(SMTPException):
            send_delivery(delivery.pk, now=noon)
        assert send_delivery(delivery.pk, now=noon + timedelta(hours=1)) is True

    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]

"""Who sets up mail is told in words what the server answered."""

from __future__ import annotations

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from matching.delivery.suppressing import suppress
from portal.accounts.models import User
from tests.integration.delivery.mail_server import Answer, mail_server, unused_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def smtp(settings: Settings) -> None:
    settings.DEMO, settings.EMAIL_TIMEOUT = False, 0.5
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port()


def send(address: str = "alice@example.org") -> str:
    said = StringIO()
    call_command("send_test_mail", address, stdout=said)
    return said.getvalue()


def test_that_it_was_taken_is_said(settings: Settings) -> None:
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        said = send()

    [message] = server.taken
    assert message["To"] == "alice@example.org"
    assert f"by the mail server 127.0.0.1:{server.port}." in said
    assert "The mail server took it (250)." in said


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.UNKNOWN, r"refused the recipient: 550 5\.1\.1 no such user here\."),
        (Answer.DEFER, r"refused the mail: 451 try again later\. It may take it later\."),
        (Answer.REJECT, r"refused the mail: 554 no thanks\.$"),
        (Answer.DROP, r"It may have taken the mail all the same\."),
        (Answer.HANG, r"It may have taken the mail all the same\."),
    ],
)
def test_what_the_server_answered_is_said_in_words(answer: Answer, words: str, settings: Settings) -> None:
    with mail_server(answer) as server:
        settings.EMAIL_PORT = server.port
        with pytest.raises(CommandError, match=words):
            send()


def test_that_nobody_listens_is_said() -> None:
    with pytest.raises(CommandError, match="Nobody listens at the address in EMAIL_URL"):
        send()


def test_what_keeps_digests_back_is_said_besides(settings: Settings, olga: User, noon: datetime) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    suppress("alice@example.org", by=olga, because="she rang", now=noon)

    said = send()

    assert "it is suppressed" in said
    assert "SITE_URL is of this machine" in said


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError, match="“Alice” is not an address") as refused:
        send("Alice")

    assert refused.value.returncode == 2

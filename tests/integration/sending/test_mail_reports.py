"""Bounces and complaints, by the mailbox and by the provider."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from matching.delivery.message_ids import message_id, name_in
from matching.delivery.reports.mailbox import MailboxUnavailable, note_message, read_reports
from matching.delivery.suppressing import is_suppressed
from matching.models import Delivery, MailReport, Suppression
from portal.accounts.models import Company, User
from tests.factories.matching import ShareFactory
from tests.integration.mailbox.imap_server import PASSWORD, USER
from tests.unit.delivery.reports import bounce, complaint

pytestmark = pytest.mark.django_db
REPOSITORY = Path(__file__).resolve().parents[3]
SECRET = "setu:a long word"  # noqa: S105 - a made-up provider's


def test_a_mail_that_came_back_ends_mail_to_whom_it_went(sent: Delivery, noon: datetime) -> None:
    report = bounce(message_id=sent.message_id, said="550 5.1.1 <elsewhere@example.net> unknown")

    assert note_message(report, now=noon) is True

    assert is_suppressed("alice@example.org")
    assert not is_suppressed("elsewhere@example.net")


@pytest.mark.parametrize(
    "made_up",
    ["<digest-2026-11-20-{pk}@localhost>", "<digest-2026-11-20-{pk}.0123456789abcdef@localhost>", "<@>", ""],
)
def test_nobody_can_stop_anothers_mail_with_a_report_of_their_own(
    sent: Delivery, noon: datetime, made_up: str
) -> None:
    assert note_message(bounce(message_id=made_up.format(pk=sent.pk)), now=noon) is False

    assert not Suppression.objects.exists()


def test_a_share_that_is_called_spam_ends_mail_too(
    alice: User, bob: User, vallar: Company, noon: datetime
) -> None:
    share = ShareFactory.create(company=vallar, by=alice, to=bob)

    assert note_message(complaint(message_id=message_id(f"share-{share.pk}")), now=noon) is True

    assert is_suppressed("bob@example.org")


def test_a_name_of_ours_is_known_by_its_mark() -> None:
    made = message_id("digest-2026-11-20-7")

    assert name_in(made) == "digest-2026-11-20-7"
    assert name_in(made.replace("-7.", "-8.")) is None


@pytest.fixture
def bounce_mailbox(sent: Delivery, tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Two reports on the same mail, and a holiday greeting."""
    (tmp_path / "1.eml").write_bytes(bounce(message_id=sent.message_id))
    (tmp_path / "2.eml").write_bytes(complaint(message_id=sent.message_id))
    (tmp_path / "3.eml").write_bytes(b"Subject: Out of office\n\nBack on Monday.")
    command = [sys.executable, "-m", "tests.integration.mailbox.imap_server", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as server:  # noqa: S603 - ours
        assert server.stdout is not None
        settings.BOUNCE_MAILBOX = f"imap://{USER}@127.0.0.1:{int(server.stdout.readline())}/INBOX"
        settings.BOUNCE_MAILBOX_PASSWORD = PASSWORD
        yield
        server.terminate()


@pytest.mark.usefixtures("bounce_mailbox")
def test_the_mailbox_is_read_once(noon: datetime) -> None:
    first, second = read_reports(now=noon), read_reports(now=noon)

    assert (first.noted, first.passed_over) == (2, 1)
    assert (second.noted, second.passed_over) == (0, 0)
    assert sorted(MailReport.objects.values_list("kind", flat=True)) == ["complaint", "hard"]


@pytest.mark.usefixtures("bounce_mailbox")
def test_a_wrong_password_is_told_without_repeating_it(settings: Settings, noon: datetime) -> None:
    settings.BOUNCE_MAILBOX_PASSWORD = "hunter2"  # noqa: S105 - wrong

    with pytest.raises(MailboxUnavailable) as told:
        read_reports(now=noon)

    assert "hunter2" not in str(told.value)


def test_a_mailbox_that_does_not_answer_is_told(settings: Settings, noon: datetime) -> None:
    settings.BOUNCE_MAILBOX = "imap://setu@127.0.0.1:1/INBOX"

    with pytest.raises(MailboxUnavailable, match="can't be reached"):
        read_reports(now=noon)


@pytest.fixture
def provider(settings: Settings) -> Client:
    """What a provider's server calls us with."""
    settings.MAIL_PROVIDER, settings.MAIL_REPORTS_SECRET = "postmark", SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def say(
    client: Client,
    kind: str,
    *,
    secret: str = SECRET,
    provider: str = "postmark",
    message: str = "00000000-0000",
    address: str = "alice@example.org",
) -> int:
    event = {
        "RecordType": "Bounce",
        "ID": 42,
        "Type": kind,
        "MessageID": message,
        "Email": address,
        "BouncedAt": "2026-11-20T08:00:00Z",
        "Details": "smtp;550 5.1.1 alice@example.org is unknown",
    }
    return post(client, json.dumps(event).encode(), secret=secret, provider=provider)


def post(client: Client, body: bytes, *, secret: str = SECRET, provider: str = "postmark") -> int:
    answer = client.post(
        f"/mail/reports/{provider}/",
        body,
        content_type="application/json",
        headers={"Authorization": "Basic " + b64encode(secret.encode()).decode()},
    )
    return answer.status_code


def test_a_provider_reports_a_bounce_once(provider: Client) -> None:
    answers = [say(provider, "HardBounce") for _ in range(2)]

    assert answers == [200, 200]
    report = MailReport.objects.get()
    assert (report.kind, report.channel) == ("hard", "provider")
    assert "alice" not in report.said
    assert is_suppressed("alice@example.org")


def test_a_provider_reports_a_complaint(provider: Client) -> None:
    say(provider, "SpamComplaint")

    assert Suppression.objects.get().reason == MailReport.Kind.COMPLAINT


def test_what_the_provider_tries_again_is_no_bounce(provider: Client) -> None:
    assert say(provider, "Transient") == 200
    assert not MailReport.objects.exists()


def test_without_the_secret_nothing_is_believed(provider: Client) -> None:
    for wrong in ("setu:guess", "setu:", ":", "", "\u00e5"):
        assert say(provider, "HardBounce", secret=wrong) == 401

    assert not MailReport.objects.exists()
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"RecordType": 7}'])
def test_what_no_provider_writes_is_refused(provider: Client, body: bytes) -> None:
    assert post(provider, body) in {200, 400}
    assert not MailReport.objects.exists()


def test_a_body_without_end_is_refused_unread(provider: Client) -> None:
    assert post(provider, b" " * (1024 * 1024 + 1)) == 413
    assert post(provider, b" " * (1024 * 1024 + 1), secret="setu:guess") in {401, 413}  # noqa: S106 - wrong
    assert not Suppression.objects.exists()


def test_only_the_provider_that_is_set_up_is_heard(provider: Client, settings: Settings) -> None:
    assert say(provider, "HardBounce", provider="sendgrid") == 404

    settings.MAIL_REPORTS_SECRET = ""
    assert say(provider, "HardBounce") == 404


def test_no_message_with_a_nul_in_its_name_stands_before_all_others(sent: Delivery, noon: datetime) -> None:
    name, _, host = sent.message_id.partition("@")
    plain = b"From: someone@example.net\nMessage-ID: <a\x00b@example.net>\n\nHello"

    noted = [note_message(each, now=noon) for each in (plain, bounce(message_id=f"{name}@a\x00{host}"))]

    assert noted == [False, False]

"""Some mail programs leave by a mail that they write themselves: a program reads it, and twice is once."""

from __future__ import annotations

from datetime import datetime
from email.header import Header

import pytest
from django.core import mail
from pytest_django import Settings

from matching.delivery import links
from matching.delivery.reports.mailbox import note_message
from matching.models import Delivery, Subscription, Withdrawal
from tests.unit.delivery.reports import bounce

pytestmark = pytest.mark.django_db


def mail_with(subject: str, *, to: str = "setu@example.org") -> bytes:
    return f"From: someone@example.net\nTo: {to}\nSubject: {subject}\n\n".encode()


def is_wanted() -> bool:
    return Subscription.objects.wanted().exists()


@pytest.mark.parametrize("write", ["{}", "Re: {}", "  UNSUBSCRIBE-ish {}", "encoded"])
def test_the_token_in_a_subject_ends_it_once_and_it_is_on_record(
    write: str, subscription: Subscription, noon: datetime
) -> None:
    token = f"unsubscribe {links.unsubscribe_token(subscription.pk)}"
    subject = Header(token, "utf-8").encode() if write == "encoded" else write.format(token)

    noted = [note_message(mail_with(subject), now=noon) for _ in range(2)]

    assert noted == [True, True]
    assert not is_wanted()
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.way, withdrawal.withdrawn_at) == ("mail", noon)
    assert (withdrawal.subscription, withdrawal.recipient) == (subscription, subscription.recipient)


def test_the_token_in_an_address_ends_it_too(subscription: Subscription, noon: datetime) -> None:
    token = links.unsubscribe_token(subscription.pk).replace(":", "=")
    to = f"Setu <setu+unsubscribe-{token}@example.org>"

    assert note_message(mail_with("", to=to), now=noon) is True
    assert not is_wanted()


@pytest.mark.parametrize(
    "subject",
    [
        "unsubscribe",
        "unsubscribe 1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "=?no-such-set?q?unsubscribe?=",
    ],
)
def test_without_our_token_nobody_leaves_for_another(
    subject: str, subscription: Subscription, noon: datetime
) -> None:
    assert note_message(mail_with(subject), now=noon) is False
    assert is_wanted()


def test_a_token_for_looking_ends_nothing(sent: Delivery, noon: datetime) -> None:
    token = links.view_token(sent.pk)

    assert note_message(mail_with(f"unsubscribe {token}"), now=noon) is False
    assert is_wanted()


def test_a_bounce_that_quotes_the_subject_is_a_bounce(sent: Delivery, noon: datetime) -> None:
    report = bounce(message_id=sent.message_id)

    assert note_message(report, now=noon) is True
    assert not Withdrawal.objects.exists()


def test_the_mail_goes_where_a_program_reads_it(settings: Settings, subscription: Subscription) -> None:
    to_people = links.unsubscribe_mailto(subscription.pk)
    settings.BOUNCE_MAILBOX = "imaps://setu@mail.example.org/INBOX"
    to_us = links.unsubscribe_mailto(subscription.pk)

    assert to_people.startswith("mailto:office@example.org?subject=unsubscribe%20")
    assert to_us.startswith("mailto:setu@example.org?subject=unsubscribe%20")
    assert mail.outbox == []

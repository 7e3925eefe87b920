from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import EmailValidator
from django.utils import timezone

from matching.delivery import links, message_ids
from matching.delivery.answers import answer_in_words
from matching.delivery.pausing import current_pause
from matching.delivery.suppressing import standing_suppression

TEXT = """This mail shows that Setu at {site} can send mail.

It was asked for by whoever looks after it. Nothing needs to be done.
"""


class Command(BaseCommand):
    help = "Sends one mail as the digests are sent, and says what the mail server or provider answered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        address = options["address"]
        if not EmailValidator.user_regex.match(address.rpartition("@")[0]):
            raise CommandError(f"“{address}” is not an address.", returncode=2)
        self.stdout.write(f"From {settings.DEFAULT_FROM_EMAIL} to {address}, by {_way()}.")
        try:
            _test_mail(address).send()
        except (OSError, AnymailError) as error:  # smtplib's errors are OSErrors
            raise CommandError(answer_in_words(error)) from None
        self.stdout.write(self.style.SUCCESS(_success()))
        for warning in _warnings(address):
            self.stdout.write(self.style.WARNING(warning))


def _test_mail(address: str) -> EmailMessage:
    now = timezone.now()
    return EmailMessage(
        subject=f"Test mail from Setu, {now:%Y-%m-%d %H:%M} UTC",
        body=TEXT.format(site=settings.SITE_URL),
        to=[address],
        reply_to=[settings.CONTACT_EMAIL],
        headers={
            "Message-ID": message_ids.message_id(f"test-{now:%Y%m%d%H%M%S%f}"),
            "Auto-Submitted": "auto-generated",
        },
    )


def _way() -> str:
    if settings.DEMO:
        return f"files in {settings.MAIL_DIR}"
    if settings.MAIL_PROVIDER:
        return f"the provider {settings.MAIL_PROVIDER}"
    if settings.EMAIL_HOST:
        return f"the mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    return "nothing: EMAIL_URL names no mail server"


def _success() -> str:
    if settings.DEMO:
        return "It is a file now. In the demo no mail leaves the machine."
    if settings.MAIL_PROVIDER:
        return "The provider took it. Whether it arrives is told by its reports, and in the mailbox."
    if settings.EMAIL_HOST:
        return "The mail server took it (250). Whether it arrives is seen in the mailbox."
    return "It was printed and went nowhere."


def _warnings(address: str) -> list[str]:
    """Why digests might not go out though this did."""
    found = []
    if standing_suppression(address):
        found.append("Digests don't go to this address: it is suppressed (Office, Suppressed addresses).")
    if current_pause():
        found.append("Digests don't go out at the moment: mail is paused (Office, Deliveries).")
    if links.site_host() in {"localhost", "127.0.0.1"}:
        found.append("SITE_URL is of this machine: the links in mails lead nowhere for others.")
    return found

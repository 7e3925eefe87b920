"""Reports out of the mailbox that bounces come back to, over IMAP, and mails by which people leave."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from imapclient import SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from matching.delivery.canary import note_arrival
from matching.delivery.message_ids import name_in
from matching.delivery.reports.leaving_by_mail import leave_by_mail
from matching.delivery.reports.parse import LARGEST, parse_report
from matching.delivery.suppressing import Reported, note_report
from matching.models import Delivery, MailReport, Share

SILENCE = 20.0  # seconds until the server's next word
MOST_AT_ONCE = 200
_PORTS = {"imap": 143, "imaps": 993}

logger = logging.getLogger(__name__)


class MailboxUnavailable(Exception):
    """The mailbox can't be read now. The message is for a person, and holds no password."""


@dataclass(frozen=True, slots=True)
class ReadReports:
    """How many messages were looked at: acted on, and left to people."""

    noted: int
    passed_over: int


@dataclass(frozen=True, slots=True)
class _Sent:
    """A mail of ours, and whom it went to."""

    address: str
    delivery_id: int | None = None


def read_reports(*, now: datetime) -> ReadReports:
    """Act on every unread report, then mark it as read. What is no report of ours is marked too, and stays.

    A crash in between reads it again, which changes nothing. Nothing is deleted. Raise MailboxUnavailable.
    """
    noted = passed_over = 0
    with _open(settings.BOUNCE_MAILBOX, settings.BOUNCE_MAILBOX_PASSWORD) as mailbox:
        for uid in mailbox.search("UNSEEN")[:MOST_AT_ONCE]:
            told = mailbox.fetch([uid], [f"BODY.PEEK[]<0.{LARGEST}>"])
            if note_message(_body(told.get(uid, {})), now=now):
                noted += 1
            else:
                passed_over += 1
            mailbox.add_flags([uid], [SEEN], silent=True)
    if noted or passed_over:
        logger.info("mail reports read", extra={"noted": noted, "passed_over": passed_over})
    return ReadReports(noted, passed_over)


def note_message(body: bytes, *, now: datetime) -> bool:
    """Act on one message, if it reports on a mail that we sent, asks for no more, or is the canary."""
    report = parse_report(body)
    if report is None:
        return leave_by_mail(body, now=now) or note_arrival(body, now=now)
    sent = next((found for text in report.message_ids if (found := _sent(text)) and found.address), None)
    if sent is None:
        return False
    reported = Reported(
        address=sent.address,
        delivery_id=sent.delivery_id,
        kind=MailReport.Kind(report.kind),
        channel=MailReport.Channel.MAILBOX,
        fingerprint=report.fingerprint,
        status=report.status,
        said=report.said,
    )
    note_report(reported, now=now)
    return True


def _sent(message_id: str) -> _Sent | None:
    """The mail of that name; None if it isn't one of ours."""
    kind, _, number = (name_in(message_id) or "").partition("-")
    match kind:
        case "share":
            address = Share.objects.filter(pk=int(number)).values_list("to__email", flat=True).first()
            return _Sent(address) if address else None
        case "":
            return None
    sent = Delivery.objects.filter(message_id=message_id).values_list("address", "pk").first()
    return _Sent(*sent) if sent else None


def _body(told: dict[bytes, object]) -> bytes:
    return next(
        (value for name, value in told.items() if name.startswith(b"BODY[") and isinstance(value, bytes)), b""
    )


@contextmanager
def _open(address: str, password: str) -> Iterator[IMAPClient]:
    parts = urlsplit(address)
    try:
        mailbox = IMAPClient(
            parts.hostname,
            parts.port or _PORTS[parts.scheme],
            ssl=parts.scheme == "imaps",
            timeout=SocketTimeout(SILENCE, SILENCE),
        )
    except (OSError, ssl.SSLError, IMAPClientError, KeyError) as error:
        raise MailboxUnavailable(f"{parts.hostname} can't be reached: {type(error).__name__}") from None
    try:
        mailbox.login(unquote(parts.username or ""), password)
        mailbox.select_folder(unquote(parts.path.strip("/")) or "INBOX")
        yield mailbox
    except (OSError, IMAPClientError) as error:
        # Without the server's own words: some repeat what was sent.
        raise MailboxUnavailable(
            f"{parts.hostname} broke off or refused us: {type(error).__name__}"
        ) from None
    finally:
        with suppress(OSError, IMAPClientError):
            mailbox.logout()

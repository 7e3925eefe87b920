"""What a mail server's failure says: no, or nothing at all."""

from __future__ import annotations

import hashlib
import re
import smtplib
from datetime import datetime

from matching.delivery.reports.parse import ReportKind, kind_of_status, scrubbed
from matching.delivery.suppressing import Reported, note_report
from matching.models import Delivery, MailReport

_STATUS = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
# Raised before the message itself was handed over, or with the server's answer to it.
_SAID_NO = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
)


def note_refusal(delivery_id: int, error: Exception, *, now: datetime) -> None:
    """Where the server said no, the delivery is in doubt no more; and where it knows no such mailbox, the
    address is reported as if the mail had come back.
    """
    if not said_no(error):
        return
    delivery = Delivery.objects.filter(pk=delivery_id)
    delivery.update(handed_at=None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        for address, (code, words) in error.recipients.items():
            _report(delivery_id, address, code, words, now=now)


def said_no(error: Exception) -> bool:
    """Whether it is known that the mail wasn't taken. A connection that broke says nothing either way."""
    return isinstance(error, _SAID_NO)


def _report(delivery_id: int, address: str, code: int, words: bytes | str, *, now: datetime) -> None:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if code < 500:
        return  # try again later
    status = _STATUS.search(said)
    kind = kind_of_status(status.group(0) if status else "", said)
    told = f"{address} {now:%Y-%m-%d} {code} {kind}"  # once a day, however often it is tried
    reported = Reported(
        address=address,
        kind=MailReport.Kind.HARD if kind is ReportKind.HARD else MailReport.Kind.SOFT,
        channel=MailReport.Channel.SERVER,
        fingerprint=hashlib.sha256(told.encode()).hexdigest(),
        status=status.group(0) if status else "",
        said=scrubbed(f"{code} {said}"),
        delivery_id=delivery_id,
    )
    note_report(reported, now=now)

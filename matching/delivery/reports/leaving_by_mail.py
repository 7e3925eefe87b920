"""Mails by which people leave: what their mail program writes for them (RFC 2369), with our token in it."""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from matching.delivery import links
from matching.delivery.former import current_subscriptions
from matching.delivery.leaving import end_subscriptions
from matching.models import Withdrawal

LONGEST = 2000  # characters of a header
# "unsubscribe 7-8:…" as a subject; in an address, where ":" may not stand: setu+unsubscribe-7-8=…@…
_TOKEN = re.compile(r"\bunsubscribe[ \-]+(\d[\d-]*)[:=]([\w-]{20,100})", re.IGNORECASE)
_ADDRESSED = ("Delivered-To", "X-Original-To", "To", "Cc")


def leave_by_mail(body: bytes, *, now: datetime) -> bool:
    """End what the token in a mail is for. False if it holds none of ours; a second one changes nothing.

    Who sent it isn't asked: whoever holds the token may leave, as by the link.
    """
    tokens = {token for text in _read(message_from_bytes(body)) for token in _tokens(text)}
    asked = {key for token in tokens for key in links.subscriptions_of(token)}
    if not asked:
        return False
    keys = current_subscriptions(asked).values_list("pk", flat=True)
    end_subscriptions(list(keys), way=Withdrawal.Way.MAIL, now=now)
    return True


def _read(message: Message) -> list[str]:
    headers = [message.get("Subject"), *(each for name in _ADDRESSED for each in message.get_all(name, []))]
    return [_plain(str(header)) for header in headers if header is not None]


def _plain(header: str) -> str:
    try:
        return " ".join(str(make_header(decode_header(header[:LONGEST]))).split())
    except (HeaderParseError, LookupError, UnicodeError):
        return ""


def _tokens(text: str) -> list[str]:
    return [f"{keys}:{signature}" for keys, signature in _TOKEN.findall(text)]

"""Reports that come as mail, out of their bytes: bounces (RFC 3464) and complaints (RFC 5965)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

LARGEST = 1024 * 1024  # bytes: what follows is the mail that came back
MOST_PARTS = 40
LONGEST_SAID = 300
# No NUL: the database holds none, and refuses to look for one.
_MESSAGE_ID = re.compile(r"<[^<>\s\0]{1,200}@[^<>\s\0]{1,200}>")
_ADDRESS = re.compile(r"[^\s<>()\"',;:]{1,64}@[^\s<>()\"',;:]{1,255}")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


class ReportKind(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class ParsedReport:
    kind: ReportKind
    message_ids: tuple[str, ...]  # of the mail it may be about, the likeliest first
    status: str  # RFC 3463, or ""
    said: str  # the server's words, without addresses
    fingerprint: str


def parse_report(body: bytes) -> ParsedReport | None:
    """Read one message. None for what is no report, or reports nothing that is to be acted on.

    Whom it is about is never taken from the report, which anybody can write: only which mail of ours.
    """
    body = body[:LARGEST]
    # The parser goes down a level for each; thousands would end it.
    if body.lower().count(b"boundary=") > MOST_PARTS:
        return None
    message = message_from_bytes(body)
    parts = list(_parts(message))
    told = next((found for part in parts if (found := _told(part)) is not None), None)
    if told is None:
        return None
    kind, status, said = told
    return ParsedReport(
        kind=kind,
        message_ids=_message_ids(message, parts),
        status=status,
        said=scrubbed(said),
        fingerprint=hashlib.sha256(body).hexdigest(),
    )


def scrubbed(said: str) -> str:
    """A server's words in one line, without addresses and anything that isn't printable."""
    line = " ".join(_ADDRESS.sub("…", said).split())
    return "".join(letter for letter in line if letter.isprintable())[:LONGEST_SAID]


def kind_of_status(status: str, said: str = "") -> ReportKind:
    """Whether a failure means that there is no such mailbox, or may pass.

    A full mailbox (5.2.2), a server that takes no part (5.3, 5.4) or dislikes what it reads (5.7) says
    nothing against the address. Where the status is general, the words may hold a better one.
    """
    found = [match for text in (status, said) for match in _STATUS.findall(text)]
    is_gone = any(code[0] == "5" and (code[1] == "1" or code[1:] == ("2", "1")) for code in found)
    return ReportKind.HARD if is_gone else ReportKind.SOFT


def _parts(message: Message) -> Iterator[Message]:
    for count, part in enumerate(message.walk()):
        if count >= MOST_PARTS:
            return
        yield part


def _told(part: Message) -> tuple[ReportKind, str, str] | None:
    """Kind, status and words, if this part is the one for machines."""
    match part.get_content_type():
        case "message/delivery-status":
            return _bounce(part)
        case "message/feedback-report":
            return _complaint(part)
    return None


def _bounce(part: Message) -> tuple[ReportKind, str, str] | None:
    groups = part.get_payload()
    failed = [
        group
        for group in (groups if isinstance(groups, list) else [])
        if isinstance(group, Message) and _field(group, "Action").casefold() == "failed"
    ]
    if not failed:
        return None  # delayed, relayed, delivered: nothing is to be done
    told = [(_field(group, "Status"), _field(group, "Diagnostic-Code")) for group in failed]
    hard = [pair for pair in told if kind_of_status(*pair) is ReportKind.HARD]
    status, said = (hard or told)[0]
    found = _STATUS.search(status)
    return (ReportKind.HARD if hard else ReportKind.SOFT), found.group(0) if found else "", said


def _complaint(part: Message) -> tuple[ReportKind, str, str] | None:
    groups = part.get_payload()
    fields = groups[0] if isinstance(groups, list) and groups else part
    text = groups if isinstance(groups, str) else ""
    kind = _field(fields, "Feedback-Type") if isinstance(fields, Message) else ""
    if not kind:
        stated = re.search(r"^Feedback-Type:[ \t]*([\w-]{1,40})", text, re.MULTILINE | re.IGNORECASE)
        kind = stated.group(1) if stated else ""
    match kind.casefold():
        case "abuse" | "fraud" | "virus":
            return ReportKind.COMPLAINT, "", kind.casefold()
        case "opt-out" | "opt-out-list":
            return ReportKind.ASKED, "", kind.casefold()
    return None


def _message_ids(message: Message, parts: list[Message]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for part in parts[1:]:
        _add(found, _field(part, "Message-ID"))
        if part.get_content_type() == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            text = headers.decode("ascii", "replace") if isinstance(headers, bytes) else ""
            stated = re.search(r"^Message-ID:\s*(<[^<>\s]{1,400}>)", text, re.MULTILINE | re.IGNORECASE)
            _add(found, stated.group(1) if stated else "")
    for name in ("In-Reply-To", "References"):
        _add(found, _field(message, name))
    return tuple(found)


def _add(found: dict[str, None], text: str) -> None:
    for message_id in _MESSAGE_ID.findall(text[:4000])[:MOST_PARTS]:
        found.setdefault(message_id)


def _field(message: Message, name: str) -> str:
    value = message.get(name)
    return "" if value is None else str(value).strip()

"""Where a mailbox is: ``imaps://user@host/folder``."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ingest.errors import FetchRefused

_PORTS = {"imap": 143, "imaps": 993}


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    host: str
    port: int
    user: str
    folder: str
    is_encrypted: bool


def is_mailbox(address: str) -> bool:
    """Whether a source's address is a mailbox's; any other is a folder on this machine."""
    return address.startswith(("imap://", "imaps://"))


def mailbox_address(address: str) -> MailboxAddress:
    """Read an address. An @ in the user may stand as it is. Raise FetchRefused with what is wrong with it."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise FetchRefused("the mailbox's address isn't one: write imaps://user@host/folder") from None
    if parts.password is not None:
        raise FetchRefused("the mailbox's address holds a password: its place is CII_MAILBOX_PASSWORD")
    if not parts.hostname or not parts.username:
        raise FetchRefused("the mailbox's address names no user or no host: write imaps://user@host/folder")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return MailboxAddress(parts.hostname, port, unquote(parts.username), folder, parts.scheme == "imaps")

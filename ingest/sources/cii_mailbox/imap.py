"""Messages out of a mailbox, over IMAP. Nothing there is deleted, moved or marked as read."""

from __future__ import annotations

import imaplib
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from ingest.errors import FetchRefused, SourceChanged, SourceUnavailable
from ingest.sources.base import Client, FetchedDocument, SourceSettings
from ingest.sources.cii_mailbox.left_out import LARGEST_MESSAGE, left_out
from ingest.sources.cii_mailbox.mailbox_address import MailboxAddress, mailbox_address
from portal.lib.guarded_network import public_addresses

log = logging.getLogger(__name__)

_BUSY = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]")  # RFC 5530: the password may well be right


@dataclass(frozen=True, slots=True)
class Limits:
    newest: int = 500  # messages looked at in one poll
    largest: int = LARGEST_MESSAGE  # bytes
    silence: float = 20.0  # seconds until the server's next word
    whole: float = 180.0  # seconds for a poll: less than a task may take


_USUAL = Limits()


def fetch_mailbox(
    source: SourceSettings, client: Client, limits: Limits = _USUAL
) -> Iterator[FetchedDocument]:
    """Yield the newest messages, oldest first. Those we have already aren't sent again.

    Raise SourceUnavailable if trying again may help, SourceChanged if the folder is gone, FetchRefused if we
    aren't let in or must not go there.
    """
    address = mailbox_address(source.address)
    if not source.access.password:
        raise FetchRefused("the mailbox has no password: CII_MAILBOX_PASSWORD isn't set")
    with _connected(address, source, limits) as mailbox:
        folder = _open_folder(mailbox, address)
        for uid, size in _newest(mailbox, address, folder.messages, limits):
            # A UID never changes what it stands for (RFC 3501), so there is nothing to ask again.
            url = f"{folder.url}/;UID={uid}"
            document = client.kept(url) or _fetch(mailbox, address, url, uid, size, limits)
            if document is not None:
                yield document


@dataclass(frozen=True, slots=True)
class _Folder:
    url: str  # RFC 5092, with its UIDVALIDITY
    messages: int


class _Connection(imaplib.IMAP4):
    """Goes to an address that was looked at, checks the certificate against the host's name, and ends.

    A server that says a word now and then is never silent for long; it is hung up on all the same.
    """

    def __init__(self, address: MailboxAddress, at: str, limits: Limits, *, authority: str) -> None:
        self._at = at
        self._context = _trusting(authority) if address.is_encrypted else None
        self._whole = limits.whole
        self._ends = ExitStack()
        super().__init__(address.host, address.port, limits.silence)

    def shutdown(self) -> None:
        self._ends.close()
        super().shutdown()

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        connection = socket.create_connection((self._at, self.port), timeout)
        # A second handle, since TLS takes the first one over.
        handle = self._ends.enter_context(connection.dup())
        end = threading.Timer(self._whole, _hang_up, [handle])
        end.daemon = True
        self._ends.callback(end.cancel)
        end.start()
        if self._context is None:
            return connection
        try:
            return self._context.wrap_socket(connection, server_hostname=self.host)
        except BaseException:
            # Nobody has us yet who could shut us down: without this the second handle would stay open.
            self._ends.close()
            connection.close()
            raise


class _Mailbox(IMAPClient):  # type: ignore[misc]  # it has no types
    def __init__(self, address: MailboxAddress, at: str, limits: Limits, *, authority: str) -> None:
        self._open = partial(_Connection, address, at, limits, authority=authority)
        timeout = SocketTimeout(limits.silence, limits.silence)
        super().__init__(address.host, address.port, ssl=False, timeout=timeout)

    def _create_IMAP4(self) -> _Connection:  # noqa: N802  the base class's name
        return self._open()


@contextmanager
def _connected(address: MailboxAddress, source: SourceSettings, limits: Limits) -> Iterator[_Mailbox]:
    with _in_words(address):
        found = public_addresses(
            address.host, address.port, allow_loopback=source.access.allow_loopback, refusal=FetchRefused
        )
        if not (address.is_encrypted or found[0].is_loopback):
            raise FetchRefused("imap:// would send the password for all to read: write imaps://")
        mailbox = _Mailbox(address, str(found[0]), limits, authority=source.access.authority)
    try:
        with _in_words(address):
            _log_in(mailbox, address, source.access.password)
        yield mailbox
        with suppress(IMAPClientError, OSError):
            mailbox.logout()
    finally:
        with suppress(IMAPClientError, OSError):
            mailbox.shutdown()


def _trusting(authority: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if authority:
        try:
            context.load_verify_locations(cafile=authority)
        except OSError as error:
            raise FetchRefused(f"CII_MAILBOX_AUTHORITY holds no certificates we can read: {error}") from None
    return context


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _log_in(mailbox: _Mailbox, address: MailboxAddress, password: str) -> None:
    try:
        mailbox.login(address.user, password)
    except LoginError as error:
        if isinstance(error.__context__, imaplib.IMAP4.abort):
            raise SourceUnavailable(f"{address.host} broke off while we logged in") from None
        if any(code in str(error) for code in _BUSY):
            raise SourceUnavailable(f"{address.host} can't let anyone in at the moment") from None
        # Without the server's own words: some repeat what was sent.
        raise FetchRefused(f"{address.host} refuses the user {address.user} with our password") from None
    except UnicodeError:
        raise FetchRefused("IMAP takes a user and a password of plain ASCII letters only") from None


def _open_folder(mailbox: _Mailbox, address: MailboxAddress) -> _Folder:
    with _in_words(address):
        try:
            told = mailbox.select_folder(address.folder, readonly=True)
        except imaplib.IMAP4.abort:
            raise
        except IMAPClientError:
            reason = f"{address.user} has no folder {address.folder} at {address.host} that we may read"
            raise SourceChanged(reason) from None
    folder = f"imap://{address.host}/{quote(address.folder)};UIDVALIDITY={told[b'UIDVALIDITY']}"
    return _Folder(folder, told[b"EXISTS"])


def _newest(
    mailbox: _Mailbox, address: MailboxAddress, messages: int, limits: Limits
) -> list[tuple[int, int]]:
    """UID and size in bytes of each, the oldest first."""
    if not messages:
        return []
    with _in_words(address):
        mailbox.use_uid = False
        first = max(1, messages - limits.newest + 1)
        told = mailbox.fetch(range(first, messages + 1), ["UID", "RFC822.SIZE"])
        mailbox.use_uid = True
    return sorted((message[b"UID"], message[b"RFC822.SIZE"]) for message in told.values())


def _fetch(  # noqa: PLR0913, PLR0917  each says something of its own
    mailbox: _Mailbox, address: MailboxAddress, url: str, uid: int, size: int, limits: Limits
) -> FetchedDocument | None:
    """The message, or of one that is too large its head alone. None if it was deleted meanwhile."""
    part = "HEADER" if size > limits.largest else ""
    with _in_words(address):
        told = mailbox.fetch([uid], [f"BODY.PEEK[{part}]"])
    body = told.get(uid, {}).get(f"BODY[{part}]".encode())
    if body is None:
        log.warning("a message was deleted while the mailbox was read")
        return None
    return left_out(url, body, size) if part else FetchedDocument(url, "message/rfc822", body)


@contextmanager
def _in_words(address: MailboxAddress) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        reason = f"{address.host} shows a certificate that can't be trusted: {error.verify_message}"
        raise FetchRefused(reason) from None
    except OSError as error:
        raise SourceUnavailable(f"{address.host} can't be reached or broke off: {error}") from None
    except IMAPClientError as error:
        raise SourceUnavailable(f"{address.host} broke off or made no sense: {error}"[:500]) from None

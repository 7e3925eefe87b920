"""A real IMAP server on this machine, read as the worker reads it."""

from __future__ import annotations

import imaplib
import logging
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread

import pytest
from pytest_django import Settings

from ingest.errors import FetchRefused, SourceChanged, SourceUnavailable
from ingest.models import RawDocument, Source
from ingest.services import parse_document, poll_source
from ingest.services.source_settings import settings_of
from ingest.sources.base import Access, FetchedDocument, SourceSettings
from ingest.sources.cii_mailbox.imap import Limits, fetch_mailbox
from tests.integration.mailbox.conftest import ImapServer
from tests.integration.mailbox.imap_server import PASSWORD, UIDVALIDITY, USER
from tests.unit.ingest.sources.no_network import NoNetwork

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
USUAL = Limits()
URL = f"imap://127.0.0.1/INBOX;UIDVALIDITY={UIDVALIDITY}/;UID="


def at(address: str, password: str = PASSWORD, *, allow_loopback: bool = True) -> SourceSettings:
    access = Access(password=password, allow_loopback=allow_loopback)
    return SourceSettings("mail", address, "cii", access)


def read(source: SourceSettings, limits: Limits = USUAL) -> list[FetchedDocument]:
    return list(fetch_mailbox(source, NoNetwork(), limits))


@pytest.fixture
def source(imap_server: ImapServer, db: None) -> Source:
    return Source.objects.create(
        slug="mail", kind="cii_mailbox", name="Mail", address=imap_server.address(), publisher="cii"
    )


def test_every_message_is_a_document_that_is_read(source: Source) -> None:
    assert poll_source(source.pk, now=NOW) == 3

    for document in RawDocument.objects.order_by("pk"):
        parse_document(document.pk, now=NOW)
    small, large, last = RawDocument.objects.order_by("pk")
    assert [document.url for document in (small, large, last)] == [URL + uid for uid in ("101", "103", "105")]
    assert bytes(small.body).startswith(b"From: ")
    assert b"Madurai" in bytes(small.body)
    assert (small.rejected_because, last.rejected_because) == ("", "")
    assert small.extractions.count() == last.extractions.count() == 1
    assert large.rejected_because.startswith("the message has 30 MB, more than one may have")
    assert len(large.body) < 1000, "only its head was fetched"


def test_reading_twice_gives_the_same_documents(imap_server: ImapServer) -> None:
    source = at(imap_server.address())

    assert read(source) == read(source)


def test_a_message_we_have_is_not_sent_again(source: Source, settings: Settings) -> None:
    poll_source(source.pk, now=NOW)
    kept = {
        d.url: FetchedDocument(d.url, d.media_type, b"as we keep it")
        for d in RawDocument.objects.order_by("pk")
    }

    class Keeping(NoNetwork):
        def kept(self, url: str) -> FetchedDocument:  # type: ignore[override]
            return kept[url]

    assert list(fetch_mailbox(settings_of(source), Keeping())) == list(kept.values())
    assert poll_source(source.pk, now=NOW) == 0


def test_nothing_in_the_mailbox_is_marked_or_deleted(imap_server: ImapServer) -> None:
    read(at(imap_server.address()))

    with imaplib.IMAP4("127.0.0.1", imap_server.port) as mailbox:
        mailbox.login(USER, PASSWORD)
        assert mailbox.select("INBOX", readonly=True) == ("OK", [b"3"])
        flags = mailbox.fetch("1:3", "(FLAGS)")[1]
    assert flags == [f"{number} (FLAGS (\\Recent))".encode() for number in (1, 2, 3)]


def test_only_the_newest_messages_are_looked_at(imap_server: ImapServer) -> None:
    (document,) = read(at(imap_server.address()), Limits(newest=1))

    assert document.url == f"{URL}105"


def test_an_empty_folder_is_no_failure(imap_server: ImapServer) -> None:
    with imaplib.IMAP4("127.0.0.1", imap_server.port) as mailbox:
        mailbox.login(USER, PASSWORD)
        mailbox.create("Bulletins")

    assert read(at(imap_server.address("Bulletins"))) == []


def test_a_wrong_password_is_told_and_never_written_down(
    source: Source, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CII_MAILBOX_PASSWORD = "not the password"  # noqa: S105 - and isn't
    with caplog.at_level(logging.DEBUG):
        poll_source(source.pk, now=NOW)

    source.refresh_from_db()
    assert source.last_failure == f"FetchRefused: 127.0.0.1 refuses the user {USER} with our password"
    assert "not the password" not in caplog.text
    assert "not the password" not in repr(settings_of(source))


def test_a_missing_folder_is_named(imap_server: ImapServer) -> None:
    with pytest.raises(SourceChanged, match=r"has no folder Bulletins/Old at 127\.0\.0\.1"):
        read(at(imap_server.address("Bulletins/Old")))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("imap://127.0.0.1/INBOX", "names no user"),
        ("imaps://user:secret@127.0.0.1/", "its place is CII_MAILBOX_PASSWORD"),
        ("imap://user@127.0.0.1:many/", "write imaps://user@host/folder"),
        ("imaps://user@10.0.0.1/INBOX", "isn't a public address"),
        ("imap://user@8.8.8.8/INBOX", "for all to read"),
    ],
)
def test_an_address_that_cannot_be_right_is_refused(address: str, reason: str) -> None:
    with pytest.raises(FetchRefused, match=reason):
        read(at(address))


def test_our_own_machine_is_refused_in_production(imap_server: ImapServer) -> None:
    with pytest.raises(FetchRefused, match="isn't a public address"):
        read(at(imap_server.address(), allow_loopback=False))


def test_without_a_password_nobody_is_asked() -> None:
    with pytest.raises(FetchRefused, match="CII_MAILBOX_PASSWORD isn't set"):
        read(at("imap://user@127.0.0.1:1/", password=""))


def test_a_port_where_nobody_listens_may_open_later() -> None:
    with pytest.raises(SourceUnavailable, match="can't be reached"):
        read(at("imap://user@127.0.0.1:1/"))


@pytest.fixture
def slow_server() -> Iterator[int]:
    """Greets, and then says a word at a time and nothing of use."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"* OK\r\n")
                while True:
                    try:
                        connection.sendall(b"* OK wait\r\n")
                    except OSError:
                        return
                    time.sleep(0.05)

        thread = Thread(target=talk)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def test_a_server_that_says_nothing_is_left() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(SourceUnavailable, match="timed out"),
    ):
        read(at(f"imap://user@127.0.0.1:{server.getsockname()[1]}/"), Limits(silence=0.2))


def test_a_server_that_only_keeps_us_waiting_is_left_at_the_deadline(slow_server: int) -> None:
    """Which never ends by itself."""
    with pytest.raises(SourceUnavailable):
        read(at(f"imap://user@127.0.0.1:{slow_server}/"), Limits(whole=0.5))

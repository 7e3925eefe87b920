"""IMAP over TLS: a server is believed when somebody we trust vouches for its name, today."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from threading import enumerate as enumerate_threads

import pytest
import trustme
from pytest_django import Settings

from ingest.errors import FetchRefused
from ingest.models import Source
from ingest.services import poll_source
from ingest.sources.base import SourceSettings
from tests.integration.mailbox.conftest import ImapServer
from tests.integration.mailbox.imap_server import USER
from tests.integration.mailbox.test_reading_a_mailbox import NOW, at, read
from tests.integration.mailbox.tls_front import TlsFront

Serve = Callable[[trustme.LeafCert], str]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def authority_file(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return file


@pytest.fixture
def serve(imap_server: ImapServer) -> Iterator[Serve]:
    """Serves the mailbox under a certificate, and says at which address."""
    with ExitStack() as fronts:

        def under(certificate: trustme.LeafCert) -> str:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
            front = fronts.enter_context(TlsFront(context, to=imap_server.port))
            return f"imaps://{USER}@127.0.0.1:{front.port}/INBOX"

        yield under


def trusting(address: str, file: Path) -> SourceSettings:
    source = at(address)
    return replace(source, access=replace(source.access, authority=str(file)))


def test_a_certificate_of_an_authority_we_were_given_is_accepted(
    serve: Serve, authority: trustme.CA, authority_file: Path
) -> None:
    address = serve(authority.issue_cert("127.0.0.1"))

    assert len(read(trusting(address, authority_file))) == 3


def test_a_certificate_nobody_vouches_for_is_refused(serve: Serve, authority: trustme.CA) -> None:
    address = serve(authority.issue_cert("127.0.0.1"))

    with pytest.raises(
        FetchRefused, match=r"127\.0\.0\.1 shows a certificate that can't be trusted: .*issuer"
    ):
        read(at(address))


def test_another_authority_s_certificate_is_refused(serve: Serve, authority_file: Path) -> None:
    address = serve(trustme.CA().issue_cert("127.0.0.1"))

    with pytest.raises(FetchRefused, match="can't be trusted"):
        read(trusting(address, authority_file))


def test_a_certificate_of_yesterday_is_refused(
    serve: Serve, authority: trustme.CA, authority_file: Path
) -> None:
    expired = authority.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC))

    with pytest.raises(FetchRefused, match="can't be trusted: certificate has expired"):
        read(trusting(serve(expired), authority_file))


def test_a_certificate_of_another_name_is_refused(
    serve: Serve, authority: trustme.CA, authority_file: Path
) -> None:
    address = serve(authority.issue_cert("mail.example"))

    with pytest.raises(FetchRefused, match=r"can't be trusted: .*not valid for '127\.0\.0\.1'"):
        read(trusting(address, authority_file))


def test_a_file_that_holds_no_certificates_is_told(
    serve: Serve, authority: trustme.CA, tmp_path: Path
) -> None:
    (tmp_path / "empty.pem").touch()
    address = serve(authority.issue_cert("127.0.0.1"))

    with pytest.raises(FetchRefused, match="CII_MAILBOX_AUTHORITY holds no certificates"):
        read(trusting(address, tmp_path / "empty.pem"))


def test_the_office_reads_of_it_in_words_and_the_password_stays_here(
    serve: Serve, authority: trustme.CA, authority_file: Path, db: None, settings: Settings
) -> None:
    address = serve(authority.issue_cert("127.0.0.1"))
    source = Source.objects.create(
        slug="mail", kind="cii_mailbox", name="Mail", address=address, publisher="cii"
    )
    poll_source(source.pk, now=NOW)
    source.refresh_from_db()
    assert source.last_failure.startswith("FetchRefused: 127.0.0.1 shows a certificate that can't be trusted")

    settings.CII_MAILBOX_AUTHORITY = str(authority_file)
    assert poll_source(source.pk, now=NOW) == 3


def test_a_server_that_is_not_believed_leaves_nothing_open(serve: Serve) -> None:
    stranger = trustme.CA().issue_cert("127.0.0.1")

    with pytest.raises(FetchRefused):
        read(at(serve(stranger)))

    # The clock that would hang up holds the connection: while it runs, the connection is open.
    clocks = [thread for thread in enumerate_threads() if isinstance(thread, Timer)]
    assert all(clock.finished.is_set() for clock in clocks)

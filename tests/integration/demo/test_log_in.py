"""The channel's pages behind their log-in, over real HTTP and with the client that the worker uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from ingest.errors import FetchRefused, SourceUnavailable
from ingest.models import RawDocument, Source
from ingest.services import poll_source
from ingest.services.source_settings import settings_of
from ingest.sources.base import FetchedDocument
from ingest.sources.cii_pages.fetch import fetch_notices
from ingest.sources.http import PoliteClient, polite_client
from portal.demo.simulator.members import Member
from portal.demo.simulator.server import Simulator
from tests.integration.demo.conftest import Clock
from tests.integration.fetching.conftest import Upstream

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
PASSWORD = "a made-up channel + more"  # noqa: S105 - a made-up channel's
LOG_IN = '<form method="{method}" action="{action}"><input name="u"><input type="password" name="p"></form>'


@pytest.fixture(autouse=True)
def let_in(settings: Settings) -> None:
    settings.FETCH_ALLOW_LOOPBACK = True
    settings.FETCH_SECONDS_BETWEEN_REQUESTS = 0
    settings.CII_PAGES_USER = "setu"
    settings.CII_PAGES_PASSWORD = PASSWORD
    settings.CII_PAGES_TOKEN = ""


@pytest.fixture
def closed_channel(tmp_path: Path, clock: Clock) -> Iterator[Simulator]:
    with Simulator(tmp_path, clock=clock, member=Member("setu", PASSWORD)) as simulator:
        yield simulator


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as upstream:
        yield upstream


@pytest.fixture
def worker() -> Iterator[PoliteClient]:
    with polite_client() as client:
        yield client


def pages_at(address: str) -> Source:
    return Source(slug="pages", kind="cii_pages", name="Pages", address=address, publisher="cii")


def read(address: str, client: PoliteClient) -> Iterator[FetchedDocument]:
    return fetch_notices(settings_of(pages_at(address)), client)


@pytest.mark.django_db
def test_one_log_in_opens_every_page(closed_channel: Simulator) -> None:
    source = pages_at(closed_channel.channel_url)
    source.save()

    assert poll_source(source.pk, now=NOW) == 16
    assert closed_channel.members.log_ins == 1
    for document in RawDocument.objects.all():
        assert b"<dt>Notice no.</dt>" in bytes(document.body)
        assert PASSWORD not in str(document.headers)
        assert "CHANNELSESSION" not in str(document.headers)


def test_a_session_that_ends_half_way_costs_one_more_log_in(
    closed_channel: Simulator, worker: PoliteClient
) -> None:
    notices = read(closed_channel.channel_url, worker)
    first = [next(notices) for _ in range(3)]

    closed_channel.members.end_sessions()

    assert len({notice.url for notice in [*first, *notices]}) == 16
    assert closed_channel.members.log_ins == 2


def test_a_session_that_ends_all_the_time_is_left_to_another_time(
    closed_channel: Simulator, worker: PoliteClient
) -> None:
    def each_in_a_session_that_ends() -> Iterator[FetchedDocument]:
        for notice in read(closed_channel.channel_url, worker):
            closed_channel.members.end_sessions()
            yield notice

    with pytest.raises(SourceUnavailable, match="again and again"):
        list(each_in_a_session_that_ends())

    assert closed_channel.members.log_ins == 2


@pytest.mark.django_db
def test_a_refused_log_in_is_told_on_the_source(closed_channel: Simulator, settings: Settings) -> None:
    settings.CII_PAGES_PASSWORD = "not the password"  # noqa: S105 - and isn't
    source = pages_at(closed_channel.channel_url)
    source.save()

    poll_source(source.pk, now=NOW)

    source.refresh_from_db()
    assert source.last_failure.startswith("FetchRefused: the site refuses our log-in: CII_PAGES_USER")
    assert "not the password" not in source.last_failure
    assert closed_channel.members.log_ins == 0


def test_without_a_user_the_settings_are_named(
    closed_channel: Simulator, worker: PoliteClient, settings: Settings
) -> None:
    settings.CII_PAGES_USER = ""

    with pytest.raises(FetchRefused, match="set CII_PAGES_USER and CII_PAGES_PASSWORD"):
        next(read(closed_channel.channel_url, worker))


def test_a_form_without_its_hidden_field_is_not_taken(
    closed_channel: Simulator, worker: PoliteClient
) -> None:
    address = closed_channel.channel_url.replace("notices", "log-in")

    with pytest.raises(Exception, match="answers 403"):
        worker.post(address, {"user": "setu", "password": PASSWORD})
    assert closed_channel.members.log_ins == 0


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (LOG_IN.format(method="post", action="https://elsewhere.example/"), "leads to elsewhere.example"),
        (LOG_IN.format(method="get", action="/in"), "our password into an address"),
        ('<form method="post"><input type="password" name="p"></form>', "no field for a user"),
    ],
)
def test_a_password_goes_to_the_sites_own_form_alone(
    upstream: Upstream, worker: PoliteClient, form: str, reason: str
) -> None:
    upstream.says("/notices", form.encode())

    with pytest.raises(FetchRefused, match=reason):
        next(read(f"{upstream.address}/notices", worker))
    assert upstream.paths == ["/robots.txt", "/notices"]


def test_a_form_is_not_sent_on_to_another_address(upstream: Upstream, worker: PoliteClient) -> None:
    upstream.says("/in", status=307, Location="/elsewhere")

    with pytest.raises(FetchRefused, match="wants our form sent to"):
        worker.post(f"{upstream.address}/in", {"password": PASSWORD})
    assert "/elsewhere" not in upstream.paths


def test_a_token_is_shown_to_the_site_and_to_nobody_else(
    upstream: Upstream, worker: PoliteClient, settings: Settings
) -> None:
    settings.CII_PAGES_TOKEN = "made-up-token"  # noqa: S105 - as it says
    with Upstream() as elsewhere:
        elsewhere.says("/notices", b"<p>no list</p>")
        upstream.says("/notices", status=302, Location=f"{elsewhere.address}/notices")
        with pytest.raises(Exception, match="holds no table"):
            next(read(f"{upstream.address}/notices", worker))

        assert upstream.asked[-1][2]["Authorization"] == "Bearer made-up-token"
        assert [headers.get("Authorization") for _, _, headers in elsewhere.asked] == [None, None]


@pytest.mark.parametrize(
    ("token", "reason"), [("old", "refuses CII_PAGES_TOKEN"), ("", "set CII_PAGES_TOKEN")]
)
def test_a_site_that_asks_for_another_token_says_so(
    upstream: Upstream, worker: PoliteClient, settings: Settings, token: str, reason: str
) -> None:
    settings.CII_PAGES_TOKEN = token
    upstream.says("/notices", status=401)

    with pytest.raises(FetchRefused, match=reason):
        next(read(f"{upstream.address}/notices", worker))


def test_neither_password_nor_token_is_sent_in_the_clear(worker: PoliteClient, settings: Settings) -> None:
    settings.CII_PAGES_TOKEN = "made-up-token"  # noqa: S105 - as it says

    with pytest.raises(FetchRefused, match="write https://"):
        next(read("http://channel.example/notices", worker))

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from ingest.models import RawDocument, Source
from ingest.services import close_breaker, poll_source, request_poll
from portal.demo.simulator.server import Simulator
from portal.lib.locks import try_advisory_lock
from tests.factories.ingest import SourceFactory
from tests.integration.fetching.conftest import Upstream

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loopback(settings: Settings) -> None:
    settings.FETCH_ALLOW_LOOPBACK = True
    settings.FETCH_SECONDS_BETWEEN_REQUESTS = 0.0


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Source]:
    with Simulator(tmp_path) as simulator:
        yield SourceFactory.create(address=simulator.index_url, poll_every_minutes=15)


@pytest.fixture
def broken_source() -> Iterator[Source]:
    """A portal that answers every request with 503."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404 if self.path == "/robots.txt" else 503)

        def log_message(self, *_: object) -> None:
            """Tests say enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SourceFactory.create(
        address=f"http://127.0.0.1:{server.server_address[1]}/nicgep/app", poll_every_minutes=1
    )
    server.shutdown()
    server.server_close()


def test_what_the_source_has_is_stored_once(source: Source, noon: datetime) -> None:
    first = poll_source(source.pk, now=noon)
    second = poll_source(source.pk, now=noon + timedelta(minutes=15))

    assert first == RawDocument.objects.count() > 10
    assert second == 0
    assert set(RawDocument.objects.values_list("seen_at", flat=True)) == {noon + timedelta(minutes=15)}


def test_a_success_says_when_it_is_due_next(source: Source, noon: datetime) -> None:
    Source.objects.update(consecutive_failures=3, last_failure="503")

    poll_source(source.pk, now=noon)

    source.refresh_from_db()
    assert (source.last_success_at, source.next_poll_at) == (noon, noon + timedelta(minutes=15))
    assert (source.consecutive_failures, source.last_failure) == (0, "")


def test_a_source_that_fails_waits_longer_each_time(broken_source: Source, noon: datetime) -> None:
    waits = []
    for _ in range(4):
        poll_source(broken_source.pk, now=noon)
        broken_source.refresh_from_db()
        assert broken_source.next_poll_at is not None
        waits.append((broken_source.next_poll_at - noon) / timedelta(minutes=1))

    assert waits == [1, 2, 4, 8]
    assert broken_source.last_failure.startswith("SourceUnavailable")
    assert (broken_source.consecutive_failures, broken_source.last_success_at) == (4, None)


def test_the_fifth_failure_in_a_row_opens_the_breaker(broken_source: Source, noon: datetime) -> None:
    opened = []
    for minutes in range(6):
        poll_source(broken_source.pk, now=noon + timedelta(minutes=minutes))
        broken_source.refresh_from_db()
        opened.append(broken_source.opened_at)

    fifth = noon + timedelta(minutes=4)
    assert opened == [None, None, None, None, fifth, fifth]
    assert broken_source.next_poll_at == noon + timedelta(minutes=5 + 32), "a probe, ever more rarely"


def test_a_probe_that_goes_well_closes_the_breaker(source: Source, noon: datetime) -> None:
    Source.objects.update(consecutive_failures=7, opened_at=noon, last_failure="503")

    poll_source(source.pk, now=noon + timedelta(hours=2))

    source.refresh_from_db()
    assert (source.opened_at, source.consecutive_failures) == (None, 0)


def test_a_breaker_that_the_office_asks_to_probe_stays_open(broken_source: Source, noon: datetime) -> None:
    Source.objects.update(consecutive_failures=7, opened_at=noon)

    request_poll(broken_source.pk, now=noon)
    poll_source(broken_source.pk, now=noon)

    broken_source.refresh_from_db()
    assert (broken_source.opened_at, broken_source.consecutive_failures) == (noon, 8)


def test_a_breaker_is_closed_by_hand(broken_source: Source, noon: datetime) -> None:
    Source.objects.update(consecutive_failures=7, opened_at=noon, next_poll_at=noon + timedelta(days=1))

    close_breaker(broken_source.pk, now=noon)

    broken_source.refresh_from_db()
    assert (broken_source.opened_at, broken_source.consecutive_failures) == (None, 0)
    assert Source.objects.due_at(noon).exists()


def test_a_source_that_asks_to_be_left_alone_is(upstream: Upstream, noon: datetime) -> None:
    source = SourceFactory.create(
        address=f"{upstream.address}/nicgep/app?page=FrontEndListTendersbyDate", poll_every_minutes=1
    )
    upstream.says("/nicgep/app?page=FrontEndListTendersbyDate", status=503, Retry_After="7200")

    poll_source(source.pk, now=noon)

    source.refresh_from_db()
    assert source.next_poll_at == noon + timedelta(hours=2)
    assert "asks us to wait 7200 seconds" in source.last_failure


def test_a_robots_txt_that_asks_for_a_pause_gets_it(upstream: Upstream, noon: datetime) -> None:
    source = SourceFactory.create(
        address=f"{upstream.address}/nicgep/app?page=FrontEndListTendersbyDate", poll_every_minutes=1
    )
    upstream.says("/robots.txt", status=429, Retry_After="600")

    poll_source(source.pk, now=noon)

    source.refresh_from_db()
    assert source.next_poll_at == noon + timedelta(minutes=10)


def test_a_source_we_must_not_read_says_so(source: Source, settings: Settings, noon: datetime) -> None:
    settings.FETCH_ALLOW_LOOPBACK = False

    poll_source(source.pk, now=noon)

    source.refresh_from_db()
    assert source.last_failure.startswith("FetchRefused")


@pytest.mark.django_db(transaction=True)
def test_a_source_that_another_worker_reads_is_left(source: Source, noon: datetime) -> None:
    held, let_go = threading.Event(), threading.Event()

    def read_elsewhere() -> None:
        with try_advisory_lock(f"poll:{source.pk}"):
            held.set()
            let_go.wait(timeout=10)
        connection.close()

    other = threading.Thread(target=read_elsewhere)
    other.start()
    assert held.wait(timeout=10)
    try:
        assert poll_source(source.pk, now=noon) == 0
    finally:
        let_go.set()
        other.join()

    assert RawDocument.objects.count() == 0


def test_a_message_that_comes_late_does_not_read_a_source_twice(source: Source, noon: datetime) -> None:
    poll_source(source.pk, now=noon)

    again = noon + timedelta(minutes=1)

    assert poll_source(source.pk, now=again, only_if_due=True) == 0
    source.refresh_from_db()
    assert source.last_polled_at == noon


def test_a_source_is_due_when_the_office_asks(source: Source, noon: datetime) -> None:
    poll_source(source.pk, now=noon)
    was_due = Source.objects.due_at(noon).exists()

    request_poll(source.pk, now=noon)

    assert not was_due
    assert Source.objects.due_at(noon).exists()

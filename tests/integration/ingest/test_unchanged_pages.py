"""What hasn't changed isn't sent again: conditional requests, out of the archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from ingest.models import RawDocument, Source
from ingest.services import poll_source
from tests.factories.ingest import SourceFactory
from tests.integration.fetching.conftest import Upstream
from tests.integration.ingest.test_alarms import listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_this_machine")]

PAGE = "/nicgep/app?page=FrontEndListTendersbyDate"
CHANGED_AT = "Thu, 19 Nov 2026 08:00:00 GMT"


@pytest.fixture
def source(upstream: Upstream) -> Source:
    return SourceFactory.create(address=upstream.address + PAGE, poll_every_minutes=15)


def versioned(body: bytes, **validators: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answers 304 to whoever shows the validators it gave."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers.get("If-None-Match") or handler.headers.get("If-Modified-Since")
        is_known = asked is not None and asked in validators.values()
        handler.send_response(304 if is_known else 200)
        for name, value in validators.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(0 if is_known else len(body)))
        handler.end_headers()
        if not is_known:
            handler.wfile.write(body)

    return answer


def asked_for(upstream: Upstream) -> list[tuple[str | None, str | None]]:
    return [
        (headers.get("If-None-Match"), headers.get("If-Modified-Since"))
        for _, path, headers in upstream.asked
        if path == PAGE
    ]


@pytest.mark.parametrize(
    ("validators", "shown"),
    [
        ({"ETag": '"v1"'}, ('"v1"', None)),
        ({"Last_Modified": CHANGED_AT}, (None, CHANGED_AT)),
        ({"ETag": 'W/"v1"', "Last_Modified": CHANGED_AT}, ('W/"v1"', CHANGED_AT)),
    ],
    ids=["tag", "date", "both"],
)
def test_an_unchanged_page_is_seen_again_and_not_sent_again(
    validators: dict[str, str],
    shown: tuple[str | None, str | None],
    source: Source,
    upstream: Upstream,
    noon: datetime,
) -> None:
    upstream.answers[PAGE] = versioned(listing(12), **validators)
    again = noon + timedelta(minutes=15)

    assert [poll_source(source.pk, now=noon), poll_source(source.pk, now=again)] == [1, 0]

    assert asked_for(upstream) == [(None, None), shown]
    document = RawDocument.objects.get()
    assert (document.seen_at, bytes(document.body)) == (again, listing(12))
    source.refresh_from_db()
    assert (source.consecutive_failures, source.last_success_at) == (0, again)


def test_a_changed_page_is_a_new_document_and_its_validators_are_shown_next(
    source: Source, upstream: Upstream, noon: datetime
) -> None:
    for hours, version in enumerate(("v1", "v2", "v2")):
        upstream.answers[PAGE] = versioned(listing(12 + int(version[1:])), ETag=version)
        poll_source(source.pk, now=noon + timedelta(hours=hours))

    assert RawDocument.objects.count() == 2
    assert asked_for(upstream) == [(None, None), ("v1", None), ("v2", None)]


def test_a_page_without_validators_is_asked_for_in_full(
    source: Source, upstream: Upstream, noon: datetime
) -> None:
    upstream.says(PAGE, listing(12), Content_Type="text/html")
    for hours in range(2):
        poll_source(source.pk, now=noon + timedelta(hours=hours))

    assert asked_for(upstream) == [(None, None), (None, None)]


def test_what_another_source_has_is_not_shown(source: Source, upstream: Upstream, noon: datetime) -> None:
    upstream.answers[PAGE] = versioned(listing(12), ETag="v1")
    poll_source(source.pk, now=noon)

    poll_source(SourceFactory.create(address=source.address).pk, now=noon)

    assert asked_for(upstream) == [(None, None), (None, None)]


def test_a_304_that_nobody_asked_for_is_no_page(source: Source, upstream: Upstream, noon: datetime) -> None:
    upstream.says(PAGE, status=304)

    poll_source(source.pk, now=noon)

    source.refresh_from_db()
    assert "answers 304" in source.last_failure
    assert not RawDocument.objects.exists()

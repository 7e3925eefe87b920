"""Four workers, many sources, one host: it must see one well-behaved visitor, whoever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from ingest.models import Source
from portal.embedded.valkey import Valkey
from tests.factories.ingest import SourceFactory
from tests.integration.fetching.conftest import Upstream
from tests.integration.ingest.test_alarms import listing
from tests.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

INTERVAL = 0.5  # seconds
SOURCES = 8
# A turn is kept by the sender's clock; the way to the server may take some hundredths of a second.
ON_THE_WAY = 0.1
PAGE = "/nicgep/app?page=FrontEndListTendersbyDate&turn={}"


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as upstream:
        upstream.says(
            "/robots.txt", b"User-agent: *\nDisallow: /nicgep/app?page=FrontEndListTendersbyDate&turn=0\n"
        )
        for number in range(SOURCES):
            upstream.says(PAGE.format(number), listing(0), Content_Type="text/html", ETag=f'"{number}"')
        yield upstream


def test_four_processes_ask_one_host_as_slowly_as_one(
    transactional_db: None, broker: Valkey, upstream: Upstream, tmp_path: Path
) -> None:
    for number in range(SOURCES):
        SourceFactory.create(address=upstream.address + PAGE.format(number), poll_every_minutes=60)
    pace = {"FETCH_SECONDS_BETWEEN_REQUESTS": str(INTERVAL)}
    worker = Worker(broker.url(), tmp_path, processes=4, environment=pace)
    try:
        for _ in range(2):
            Source.objects.update(next_poll_at=None, last_polled_at=None)
            worker.wait_until(
                lambda: not Source.objects.filter(last_polled_at=None).exists(),
                ringing="ingest.tasks.poll_due_sources",
            )
    finally:
        worker.stop()

    times = sorted(at for at, _, _ in upstream.asked)
    assert len(times) == 2 * (SOURCES + SOURCES - 1), "each asks for robots.txt, and all but one for a page"
    assert min(later - earlier for earlier, later in pairwise(times)) >= INTERVAL - ON_THE_WAY
    assert times[-1] - times[0] >= (len(times) - 1) * INTERVAL - ON_THE_WAY
    assert PAGE.format(0) not in upstream.paths, "robots.txt asks us not to"
    assert {headers["User-Agent"] for _, _, headers in upstream.asked} == {settings.FETCH_USER_AGENT}
    again = upstream.asked[len(upstream.asked) // 2 :]
    pages = [headers for _, path, headers in again if path != "/robots.txt"]
    assert all("If-None-Match" in headers for headers in pages)

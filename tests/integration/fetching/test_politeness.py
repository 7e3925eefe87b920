from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from ingest.errors import FetchRefused, SourceChanged, SourceUnavailable
from ingest.sources.http import PoliteClient
from ingest.sources.http.pace import Pace
from tests.integration.fetching.conftest import Upstream

REPOSITORY = Path(__file__).resolve().parents[3]


def test_we_say_who_we_are_and_whom_to_write_to(upstream: Upstream, client: PoliteClient) -> None:
    upstream.says(
        "/list", b"tenders", Content_Type="Text/HTML; charset=utf-8", ETag='"1"', Set_Cookie="session=7"
    )

    document = client.get(f"{upstream.address}/list")

    assert (document.url, document.media_type, document.body) == (
        f"{upstream.address}/list",
        "text/html",
        b"tenders",
    )
    assert "set-cookie" not in dict(document.headers), "a session is nobody's business later"
    agents = {headers["User-Agent"] for _, _, headers in upstream.asked}
    assert agents == {settings.FETCH_USER_AGENT}
    assert settings.CONTACT_EMAIL in settings.FETCH_USER_AGENT


def test_cookies_last_as_long_as_the_client(upstream: Upstream, client: PoliteClient) -> None:
    upstream.says("/index", Set_Cookie="JSESSIONID=E1F2; Path=/")
    upstream.says("/list")

    client.get(f"{upstream.address}/index")
    client.get(f"{upstream.address}/list")

    assert upstream.asked[-1][2]["Cookie"] == "JSESSIONID=E1F2"


def test_robots_txt_is_asked_once_and_obeyed(upstream: Upstream, client: PoliteClient) -> None:
    upstream.says("/robots.txt", b"User-agent: setu\nDisallow: /private\n")
    upstream.says("/open", b"yes")
    upstream.says("/private", b"no")

    client.get(f"{upstream.address}/open")
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        client.get(f"{upstream.address}/private")

    assert upstream.paths == ["/robots.txt", "/open"]


def test_a_redirect_does_not_lead_round_robots_txt(upstream: Upstream, client: PoliteClient) -> None:
    upstream.says("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    upstream.says("/open", status=302, Location="/private")

    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        client.get(f"{upstream.address}/open")
    assert "/private" not in upstream.paths


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_robots_txt_everything_is_allowed(
    upstream: Upstream, client: PoliteClient, status: int
) -> None:
    upstream.says("/robots.txt", status=status)
    upstream.says("/list", b"tenders")

    assert client.get(f"{upstream.address}/list").body == b"tenders"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_while_robots_txt_cannot_be_read_nothing_is(
    upstream: Upstream, client: PoliteClient, status: int
) -> None:
    upstream.says("/robots.txt", status=status)
    upstream.says("/list", b"tenders")

    with pytest.raises(SourceUnavailable):
        client.get(f"{upstream.address}/list")
    assert "/list" not in upstream.paths


@pytest.mark.parametrize(
    ("status", "headers", "error", "reason"),
    [
        (404, {}, SourceChanged, "no longer there"),
        (410, {}, SourceChanged, "no longer there"),
        (403, {}, SourceChanged, "answers 403"),
        (500, {}, SourceUnavailable, "answers 500"),
        (503, {"Retry_After": "120"}, SourceUnavailable, "wait 120 seconds"),
        (429, {"Retry_After": "Sun, 22 Nov 2099 10:00:00 GMT"}, SourceUnavailable, "wait 604800 seconds"),
    ],
)
def test_an_answer_says_whether_to_try_again(
    upstream: Upstream,
    client: PoliteClient,
    status: int,
    headers: dict[str, str],
    error: type[Exception],
    reason: str,
) -> None:
    upstream.says("/list", b"", status=status, **headers)
    with pytest.raises(error, match=reason):
        client.get(f"{upstream.address}/list")


def test_the_crawl_delay_a_site_asks_for_is_kept(upstream: Upstream, client: PoliteClient) -> None:
    upstream.says("/robots.txt", b"User-agent: *\nCrawl-delay: 0.3\n")
    upstream.says("/a")
    upstream.says("/b")

    began = time.monotonic()
    client.get(f"{upstream.address}/a")
    client.get(f"{upstream.address}/b")

    (_, second) = [at for at, path, _ in upstream.asked if path != "/robots.txt"]
    assert second - began >= 0.28


def test_a_host_that_many_wait_for_is_left_to_another_time(upstream: Upstream) -> None:
    pace = Pace(settings.CACHES["default"]["LOCATION"])
    pace.wait(upstream.address, 3_600)
    with pytest.raises(SourceUnavailable, match="waiting"):
        pace.wait(upstream.address, 3_600)
    pace.close()


def test_without_redis_nothing_is_fetched_in_haste() -> None:
    pace = Pace("unix:///nowhere/redis.sock?db=1")
    with pytest.raises(SourceUnavailable, match="Redis"):
        pace.wait("tenders.example", 2.0)
    pace.close()


FETCH_FIVE = """
import sys
from ingest.sources.http import polite_client
with polite_client() as client:
    print("ready", flush=True)
    input()
    for page in range(5):
        client.get(f"{sys.argv[1]}/list?page={page}")
"""


def test_two_processes_together_keep_the_pace_of_one(upstream: Upstream) -> None:
    for page in range(5):
        upstream.says(f"/list?page={page}")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DEBUG": "True",
        "FETCH_ALLOW_LOOPBACK": "True",
        "FETCH_SECONDS_BETWEEN_REQUESTS": "0.2",
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [sys.executable, "-c", FETCH_FIVE, upstream.address]
    with _talked_to(command, environment) as one, _talked_to(command, environment) as other:
        for worker in (one, other):
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        began = time.monotonic()
        for worker in (one, other):
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()

    assert (one.returncode, other.returncode) == (0, 0)
    waited = sorted(at - began for at, _, _ in upstream.asked)
    assert len(waited) == 12, "five pages and one robots.txt for each"
    # Each has a slot of its own. One may come late on a busy machine, but none before its slot.
    assert [number for number, after in enumerate(waited) if after < number * 0.2 - 0.02] == []


def _talked_to(command: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - ours
        command,
        env=environment,
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

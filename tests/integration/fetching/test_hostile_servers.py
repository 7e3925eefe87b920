"""R12: servers that would hold us up, fill our memory or send us where we must not go.

What the Sources page makes of them: tests/integration/demo/test_misbehaviour.py.
"""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address

import pytest
from django.conf import settings
from pytest_django import Settings

from ingest.errors import FetchRefused, SourceChanged, SourceUnavailable
from ingest.sources.http import PoliteClient, polite_client
from ingest.sources.http.pace import Pace
from portal.lib.guarded_network import is_fetchable
from tests.integration.fetching.conftest import Upstream


@pytest.fixture
def hasty_client() -> Iterator[PoliteClient]:
    """Gives up on a document after half a second."""
    pace = Pace(settings.CACHES["default"]["LOCATION"])
    with PoliteClient(
        user_agent="Setu", pace=pace, seconds_between_requests=0.0, allow_loopback=True, deadline=0.5
    ) as client:
        yield client


def drip(handler: BaseHTTPRequestHandler, byte: bytes) -> None:
    while True:
        handler.wfile.write(byte)
        handler.wfile.flush()
        time.sleep(0.05)


def dripping_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    drip(handler, b"x")


def dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip(handler, b"x")


def silence(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.recv(1)  # nothing comes any more: it waits until the client hangs up


@pytest.mark.parametrize("behaviour", [dripping_body, dripping_headers, silence])
def test_a_slow_server_is_left_at_the_deadline(
    upstream: Upstream, hasty_client: PoliteClient, behaviour: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    """None of them ends by itself."""
    upstream.answers["/list"] = behaviour

    with pytest.raises(SourceUnavailable):
        hasty_client.get(f"{upstream.address}/list")


def test_a_stream_without_end_is_cut_off(upstream: Upstream, client: PoliteClient) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1_000_000)

    upstream.answers["/list"] = answer
    with pytest.raises(SourceChanged, match="larger than 20 MB"):
        client.get(f"{upstream.address}/list")


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_is_refused_before_it_fills_the_memory(
    upstream: Upstream, client: PoliteClient, pack: Callable[[bytes], bytes]
) -> None:
    upstream.says("/list", pack(b"0" * 60_000_000), Content_Encoding="gzip")
    with pytest.raises(SourceChanged, match="far more than its size"):
        client.get(f"{upstream.address}/list")


def test_what_is_honestly_compressed_is_unpacked(upstream: Upstream, client: PoliteClient) -> None:
    page = b"".join(b"<tr><td>%d</td></tr>" % number for number in range(50_000))
    upstream.says("/list", gzip.compress(page), Content_Encoding="gzip")

    assert client.get(f"{upstream.address}/list").body == page


@pytest.mark.parametrize(
    ("body", "headers", "error"),
    [
        (b"half", {"Content_Length": "8", "Connection": "close"}, SourceUnavailable),
        (gzip.compress(b"whole" * 99)[:-12], {"Content_Encoding": "gzip"}, SourceUnavailable),
        (b"not packed at all", {"Content_Encoding": "gzip"}, SourceUnavailable),
        (b"?", {"Content_Encoding": "br"}, SourceChanged),
    ],
)
def test_a_document_that_broke_off_is_not_taken_for_the_whole(
    upstream: Upstream, client: PoliteClient, body: bytes, headers: dict[str, str], error: type[Exception]
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = "Connection" in headers

    upstream.answers["/list"] = answer
    with pytest.raises(error):
        client.get(f"{upstream.address}/list")


def test_a_server_that_talks_nonsense_may_come_to_its_senses(
    upstream: Upstream, client: PoliteClient
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x00\x01\x02 no HTTP\r\n\r\n")

    upstream.answers["/list"] = answer
    with pytest.raises(SourceUnavailable):
        client.get(f"{upstream.address}/list")


def test_a_port_where_nobody_listens_may_open_later(upstream: Upstream, client: PoliteClient) -> None:
    address = upstream.address
    upstream.__exit__()
    with pytest.raises(SourceUnavailable):
        client.get(address)


def test_redirects_are_followed_five_times(upstream: Upstream, client: PoliteClient) -> None:
    for number in range(5):
        upstream.says(f"/{number}", status=302, Location=f"/{number + 1}")
    upstream.says("/5", b"there")

    document = client.get(f"{upstream.address}/0#part")

    assert (document.url, document.body) == (f"{upstream.address}/5", b"there")


def test_a_redirect_loop_ends(upstream: Upstream, client: PoliteClient) -> None:
    upstream.says("/list", status=302, Location="/list")
    with pytest.raises(SourceChanged, match="more than 5 times"):
        client.get(f"{upstream.address}/list")


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://2130706433.nip.invalid@169.254.169.254/",
        "file:///etc/passwd",
        "ftp://tenders.example/",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(
    upstream: Upstream, client: PoliteClient, target: str
) -> None:
    upstream.says("/list", status=302, Location=target)
    with pytest.raises(FetchRefused):
        client.get(f"{upstream.address}/list")


def test_our_own_machine_is_never_fetched_from_in_production(upstream: Upstream, settings: Settings) -> None:
    settings.FETCH_ALLOW_LOOPBACK = False
    with polite_client() as client, pytest.raises(FetchRefused, match="isn't a public address"):
        client.get(f"{upstream.address}/list")
    assert upstream.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - refused, not bound
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
        "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:0a00:0001::", "2001:0:4136:e378::",
    ],
)  # fmt: skip
def test_no_address_leads_inside(address: str) -> None:
    assert not is_fetchable(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_anybodys(address: str) -> None:
    assert is_fetchable(ip_address(address))

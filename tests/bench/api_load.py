"""A web server of the product's own kind, and programs that ask it over loopback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from threading import Thread

from portal.running.ports import any_free_port
from portal.running.web import web_server
from tests.database_url import database_url

_HOST = "127.0.0.1"
_STARTS_WITHIN = 60  # seconds
_ASKERS = 4  # at the same time: two for each worker, so that none ever waits for them


@dataclass(frozen=True, slots=True)
class Request:
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    expected: int = 200


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes
    etag: str
    milliseconds: float  # from connecting to the last byte


@contextmanager
def served(*, settings: str) -> Iterator[int]:
    """The pages as ``./setu up`` serves them, upon this process's database. Gives the port."""
    port = any_free_port()
    told = {"DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": database_url()}
    server = subprocess.Popen(  # noqa: S603  # our own words
        [sys.executable, "-m", *web_server(port)],
        cwd=Path(__file__).parents[2],
        env=os.environ | told,
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def ask(port: int, request: Request) -> Answer:
    """Each time upon a new connection, as the server closes it. Raises RuntimeError for another status."""
    started = time.perf_counter()
    with closing(HTTPConnection(_HOST, port, timeout=60)) as connection:
        connection.request("GET", request.address, headers=dict(request.headers))
        answer = connection.getresponse()
        body = answer.read()
    taken = (time.perf_counter() - started) * 1000
    if answer.status != request.expected:
        raise RuntimeError(f"{request.address} answered {answer.status}: {body[:300]!r}")
    return Answer(body, answer.headers.get("ETag", ""), taken)


def times_of(port: int, requests: Sequence[Request]) -> list[float]:
    """Milliseconds of each, one after the other."""
    return [ask(port, request).milliseconds for request in requests]


def load(port: int, requests: Sequence[Request], *, seconds: float) -> list[float]:
    """Milliseconds of each of as many as are answered in that time, asked by several at once."""
    until = time.perf_counter() + seconds
    taken: list[float] = []
    failures: list[Exception] = []

    def go_on(first: int) -> None:
        try:
            for request in islice(cycle(requests), first, None):
                if time.perf_counter() >= until:
                    return
                taken.append(ask(port, request).milliseconds)
        except Exception as failure:  # noqa: BLE001  told where it is waited for
            failures.append(failure)

    share = len(requests) // _ASKERS
    askers = [Thread(target=go_on, args=(number * share,)) for number in range(_ASKERS)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    if failures:
        raise failures[0]
    return taken


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < give_up and server.poll() is None:
        try:
            with closing(HTTPConnection(_HOST, port, timeout=5)) as connection:
                connection.connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the web server did not come up")

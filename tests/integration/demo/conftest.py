"""The simulator, really served on this machine, with a clock the test turns."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from ingest.sources.base import FetchedDocument
from portal.demo.simulator.server import Simulator
from tests.unit.ingest.sources.no_network import NoNetwork


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 20, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, by: timedelta) -> None:
        self.now += by


class PlainClient(NoNetwork):
    """Fetches at once and keeps cookies: here the simulator is tried, not our politeness."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, url: str) -> FetchedDocument:
        with self._opener.open(url, timeout=10) as answer:
            return FetchedDocument(url, answer.headers.get_content_type(), answer.read())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def simulator(tmp_path: Path, clock: Clock) -> Iterator[Simulator]:
    with Simulator(tmp_path, clock=clock) as simulator:
        yield simulator


@pytest.fixture
def client() -> PlainClient:
    return PlainClient()

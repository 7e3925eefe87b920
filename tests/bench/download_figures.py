"""How long a table of 100,000 lines takes as a file, and how much memory while it is sent."""

from __future__ import annotations

import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from portal.accounts.models import User
from portal.ui.downloads import Kind
from tests.bench.figures import Figure
from tests.bench.made_up_market import build_market
from tests.bench.memory import watched_memory

OPPORTUNITIES, PROFILES = 100_000, 10
SHORT = "/explore/?q=SCADA&state=MH&within=30&download={}"  # warms the process up
LONG = "/explore/?download={}"
GOAL = 20  # megabytes


def measure() -> Iterator[Figure]:
    """All of Explore, as each kind of file. What grows is the process that sends it."""
    with tempfile.TemporaryDirectory() as folder:
        build_market(opportunities=OPPORTUNITIES, profiles=PROFILES, folder=Path(folder), now=timezone.now())
    person = User.objects.filter(email__startswith="market-").earliest("pk")
    with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
        client = Client()
        client.force_login(person)
        for kind in (Kind.CSV, Kind.XLSX, Kind.JSON):
            _sent(client, SHORT.format(kind))
            seconds, grown = _sent(client, LONG.format(kind))
            yield Figure(f"downloads.{kind}", OPPORTUNITIES / seconds, "lines/s", None, "more")
            yield Figure(f"downloads.{kind}.memory", grown, "MB more", GOAL, "less")


def _sent(client: Client, address: str) -> tuple[float, float]:
    """Seconds, and how many megabytes more the process held at its fullest."""
    with watched_memory() as held:
        started = time.perf_counter()
        answer = client.get(address)
        if not isinstance(answer, StreamingHttpResponse):
            raise RuntimeError(f"{address} answered {answer.status_code}, and not as it is read")
        deque(answer, maxlen=0)
        seconds = time.perf_counter() - started
    return seconds, max(held) - held[0]

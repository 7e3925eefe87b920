"""How long a table of 100,000 lines takes as a file, and how much memory while it is sent."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from portal.accounts.models import User
from portal.ui.downloads import Kind
from tests.bench.download_world import fill_long_tables
from tests.bench.figures import Figure
from tests.bench.made_up_market import build_market
from tests.bench.memory import watched_memory

OPPORTUNITIES, PROFILES = 100_000, 10
LINES = 99_000  # of each table, or a few more
SHORT = "/explore/?q=SCADA&state=MH&within=30&download={}"  # warms the process up
LONG = "/explore/?download={}"
# The other tables that grow as long, as one kind of file: all kinds are written alike
OTHERS: Mapping[str, str] = {
    "matches": "/matches/?download=csv",
    "ledger": "/ledger/?download=csv",
    "office_ledger": "/office/ledger/?download=csv",
    "deliveries": "/office/deliveries/?download=csv",
}
OF_THE_OFFICE = frozenset({"office_ledger", "deliveries"})
GOAL = 20  # megabytes


def measure() -> Iterator[Figure]:
    """All of Explore as each kind of file, then the others. What grows is the process that sends it."""
    now = timezone.now()
    with tempfile.TemporaryDirectory() as folder:
        build_market(opportunities=OPPORTUNITIES, profiles=PROFILES, folder=Path(folder), now=now)
    person = User.objects.filter(email__startswith="market-").earliest("pk")
    fill_long_tables(person, lines=OPPORTUNITIES, now=now)
    with override_settings(
        ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False, OFFICE_SECOND_FACTOR=False
    ):
        member, office = _signed_in(person), _signed_in(User.objects.filter(role=User.Role.OFFICE)[0])
        for kind in (Kind.CSV, Kind.XLSX, Kind.JSON):
            _sent(member, SHORT.format(kind))
            yield from _figures(str(kind), *_sent(member, LONG.format(kind)))
        for name, address in OTHERS.items():
            yield from _figures(name, *_sent(office if name in OF_THE_OFFICE else member, address))


def _figures(name: str, seconds: float, grown: float) -> Iterator[Figure]:
    yield Figure(f"downloads.{name}", LINES / seconds, "lines/s", None, "more")
    yield Figure(f"downloads.{name}.memory", grown, "MB more", GOAL, "less")


def _signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _sent(client: Client, address: str) -> tuple[float, float]:
    """Seconds, and how many megabytes more the process held at its fullest."""
    with watched_memory() as held:
        started = time.perf_counter()
        answer = client.get(address)
        if not isinstance(answer, StreamingHttpResponse):
            raise RuntimeError(f"{address} answered {answer.status_code}, and not as it is read")
        ends = sum(piece.count(b"\n") for piece in answer)
        seconds = time.perf_counter() - started
    if "download=csv" in address and address != SHORT.format(Kind.CSV) and ends < LINES:
        raise RuntimeError(f"{address} has {ends} lines: they say nothing of a long table")
    return seconds, max(held) - held[0]

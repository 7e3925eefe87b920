"""R7: two beats and two workers, as when a deployment goes wrong: each run once, each mail once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models.functions import Mod
from django.utils import timezone

from matching.models import (
    DeliveredOpportunity,
    Delivery,
    DigestRun,
    Match,
    Recipient,
    Subscription,
)
from portal.embedded.valkey import Valkey
from tests.chaos.test_killed_senders import people
from tests.database_url import database_url
from tests.factories.matching import CapabilityProfileFactory
from tests.integration.delivery.mail_server import MailServer, mail_server
from tests.integration.delivery.world import add_match, move_deadline
from tests.worker import PATIENCE, ROOT, Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

APP = "tests.chaos.hasty"
READERS = 50
# Twenty sweeps by each beat of what runs every quarter of an hour or every five minutes: an hour and more.
LASTS = 60.0  # seconds
HOUR = timedelta(hours=1)


def zone_where_it_is_day(now: datetime) -> str:
    """Where it is noon: mail is never owed at night."""
    ahead = 12 - now.astimezone(UTC).hour
    return f"Etc/GMT{-ahead:+}"  # whose signs are the other way round


@contextmanager
def timetable(broker: Valkey, folder: Path, environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", APP, "beat", "-l", "INFO", "-s", str(folder / "beat")]
    told = folder / "beat.log"
    with told.open("wb") as log:
        beat = subprocess.Popen(  # noqa: S603  our own beat
            [*command, "--pidfile="],
            cwd=ROOT,
            env=os.environ
            | environment
            | {
                "DATABASE_URL": database_url(),
                "REDIS_URL": broker.url(),
                "SETU_DATA": str(folder),
                "DEBUG": "True",
            },
            stdout=log,
            stderr=log,
        )
    try:
        wait_until(lambda: "Sending due task" in told.read_text())
        yield
    finally:
        beat.terminate()
        beat.wait(timeout=30)


@contextmanager
def worker(broker: Valkey, folder: Path, environment: dict[str, str]) -> Iterator[None]:
    started = Worker(broker.url(), folder, app=APP, processes=1, environment=environment)
    try:
        started.wait_until_ready()
        yield
    finally:
        started.stop()


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 3 * PATIENCE
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.2)


def keep_the_news_coming(told: Match) -> None:
    """New tenders, and ever another deadline of one that was told, while the sweeps run over each other."""
    until, deadline = time.monotonic() + LASTS, timezone.now() + timedelta(days=20)
    while time.monotonic() < until:
        now, deadline = timezone.now(), deadline + timedelta(days=1)
        add_match(told.profile, now=now, score=90)
        time.sleep(5)  # what is tried is time going by
        move_deadline(told.opportunity, deadline)
        # An alert an hour would be one in all.
        Delivery.objects.filter(alert_on__isnull=False).update(owed_at=now - 2 * HOUR)


def copies(server: MailServer) -> list[int]:
    return list(Counter((message["To"], message["Message-ID"]) for message in server.taken).values())


def test_two_beats_and_two_workers_decide_and_send_once(broker: Valkey, tmp_path: Path) -> None:
    now = timezone.now()
    water = CapabilityProfileFactory.create()
    people(water, READERS, now=now - timedelta(days=9))
    Recipient.objects.update(time_zone=zone_where_it_is_day(now), wants_weekends=True)
    Subscription.objects.annotate(half=Mod("pk", 2)).filter(half=0).update(is_immediate=True)
    told = add_match(water, now=now, score=90)

    with ExitStack() as running, mail_server() as server:
        environment = {"EMAIL_URL": f"smtp://{server.host}:{server.port}", "DEMO": "False"}
        folders = [tmp_path / "first", tmp_path / "second"]
        for folder in folders:
            folder.mkdir()
            running.enter_context(worker(broker, folder, environment))
        with ExitStack() as beating:
            for folder in folders:
                beating.enter_context(timetable(broker, folder, environment))
            keep_the_news_coming(told)
            wait_until(lambda: not Delivery.objects.unsent().exists())

    runs = Counter(DigestRun.objects.values_list("period", "hour"))
    lines = Counter(
        DeliveredOpportunity.objects.values_list("delivery__recipient", "opportunity", "section", "revision")
    )
    alerts = Delivery.objects.filter(alert_on__isnull=False).count()
    print(  # noqa: T201  the counts are what a person wants to read of it
        f"{len(runs)} runs, {len(server.taken)} mails to {READERS} readers, of which {alerts} alerts; "
        f"{len(lines)} lines told; at most {max(copies(server))} of a mail, {max(lines.values())} of a line"
    )
    assert set(runs.values()) == {1}
    assert set(copies(server)) == {1}
    assert set(lines.values()) == {1}
    assert len(server.taken) == Delivery.objects.exclude(sent_at=None).count() >= READERS
    assert alerts > 0
    assert sum(Delivery.objects.values_list("doubts", flat=True)) == 0

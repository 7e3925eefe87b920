"""Mails are written fifty at a time. A sender that is killed between two fifties loses and doubles none."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from subprocess import PIPE, Popen

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import AT_A_TIME
from matching.models import DeliveredProject, Delivery
from tests.chaos.test_killed_senders import people
from tests.database_url import database_url
from tests.factories.matching import CapabilityProfileFactory
from tests.integration.delivery.mail_server import MailServer, mail_server
from tests.integration.delivery.world import add_match
from tests.worker import PATIENCE

PERIOD = date(2026, 11, 23)
READERS = AT_A_TIME + 30

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@contextmanager
def sender(server: MailServer) -> Iterator[Popen[bytes]]:
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://{server.host}:{server.port}",
        "DEMO": "False",
        "DEBUG": "True",
    }
    command = [sys.executable, "manage.py", "digest", "--period", str(PERIOD)]
    with Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=PIPE) as running:  # noqa: S603  our own
        try:
            yield running
        finally:
            running.kill()
            running.communicate(timeout=60)


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def count(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def is_waiting() -> bool:
    """Whether somebody waits for the table that is read only while mails are written."""
    return count("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation IS NOT NULL") > 0


def others_are_gone() -> bool:
    return not count(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )


def test_killed_between_two_fifties_the_next_sender_goes_on() -> None:
    water = CapabilityProfileFactory.create()
    people(water, READERS, now=timezone.now())
    add_match(water, now=timezone.now())
    owe_daily_digests(PERIOD, now=timezone.now())

    with mail_server() as server:
        with sender(server) as killed:
            wait_until(lambda: len(server.taken) > 0)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {DeliveredProject._meta.db_table} IN ACCESS EXCLUSIVE MODE")
                wait_until(lambda: len(server.taken) == AT_A_TIME and is_waiting())
                killed.kill()
                killed.wait(timeout=30)
        wait_until(others_are_gone)
        sent = Delivery.objects.exclude(sent_at=None).count()
        in_doubt = Delivery.objects.in_doubt().count()
        with sender(server) as second:
            second.wait(timeout=120)

    copies = Counter((message["To"], message["Message-ID"]) for message in server.taken)
    print(  # noqa: T201  the counts are what a person wants to read of it
        f"killed after {sent} of {READERS}, {in_doubt} in doubt; then {len(server.taken)} mails to "
        f"{len(copies)} readers"
    )
    assert (sent, in_doubt) == (AT_A_TIME, 0)
    assert second.returncode == 0
    assert len(copies) == len(server.taken) == READERS
    assert not Delivery.objects.unsent().exists()
    assert sum(Delivery.objects.values_list("doubts", flat=True)) == 0

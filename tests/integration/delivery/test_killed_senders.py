"""A sender may be killed at any moment: nobody misses a digest, and only a mail in doubt comes twice."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import date
from subprocess import PIPE, Popen
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from matching.delivery.owing import owe_daily_digests
from matching.models import CapabilityProfile, Delivery
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import SubscriptionFactory
from tests.integration.delivery.mail_server import Answer, MailServer, mail_server
from tests.integration.delivery.world import add_match

PERIOD = date(2026, 11, 23)
READERS = 9


@pytest.fixture
def owed(water: CapabilityProfile) -> None:
    """A digest to each of nine people."""
    for _ in range(READERS):
        member = MembershipFactory.create(company=water.company)
        SubscriptionFactory.create(user=member.user, profile=water)
    add_match(water, now=timezone.now())
    owe_daily_digests(PERIOD, now=timezone.now())


def send_until_done(server: MailServer) -> int:
    """Start the sender again for as long as it is killed. Return how often it was."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": address.geturl(),
        "EMAIL_URL": f"smtp://{server.host}:{server.port}",
        "DEMO": "False",
        "DEBUG": "True",
    }
    command = [sys.executable, "manage.py", "digest", "--period", str(PERIOD)]
    for kills in range(READERS):
        with Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=PIPE) as sender:  # noqa: S603  our own command
            server.sender = sender
            _, complaint = sender.communicate(timeout=60)
        if sender.returncode != -9:
            assert sender.returncode == 0, complaint.decode()
            return kills
    pytest.fail("the sender never came to an end")


def copies(server: MailServer) -> list[int]:
    """How many of each Message-ID arrived, in ascending order."""
    return sorted(Counter(message["Message-ID"] for message in server.taken).values())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("owed")
def test_killed_before_the_mail_is_taken_it_comes_once() -> None:
    with mail_server(Answer.KILL_BEFORE, Answer.ACCEPT, Answer.KILL_BEFORE) as server:
        kills = send_until_done(server)

    assert kills == 2
    assert copies(server) == [1] * READERS
    assert Delivery.objects.exclude(sent_at=None).count() == READERS


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("owed")
def test_killed_in_the_moment_of_doubt_it_comes_again_under_the_same_message_id() -> None:
    with mail_server(Answer.ACCEPT, Answer.KILL_AFTER) as server:
        kills = send_until_done(server)

    assert kills == 1
    # The first is taken; the next is taken, in doubt, and again.
    assert copies(server) == [1] * (READERS - 1) + [2]
    assert Delivery.objects.exclude(sent_at=None).count() == READERS

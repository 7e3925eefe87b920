"""R8: a thousand digests, a mail server that answers in all the ways there are, and twenty kills.

The ordinary suite has it in small: tests/integration/delivery/test_killed_senders.py.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from datetime import date, datetime
from subprocess import PIPE, Popen

import pytest
from django.conf import settings
from django.utils import timezone

from matching.delivery.leaving import end_subscriptions
from matching.delivery.owing import owe_daily_digests
from matching.delivery.suppressing import suppress
from matching.models import CapabilityProfile, Delivery, Recipient, Subscription, Withdrawal
from portal.accounts.models import Membership, User
from tests.database_url import database_url
from tests.factories.matching import CapabilityProfileFactory
from tests.integration.delivery.mail_server import Answer, MailServer, mail_server
from tests.integration.delivery.world import add_match

PERIOD = date(2026, 11, 23)
READERS = 1000  # who are to get it
LEFT = SUPPRESSED = 20  # who aren't, though it was owed to them
AT_RCPT, AT_DATA, AT_RANDOM = 6, 8, 6  # kills: before the mail is taken, once it is, and whenever
KILLS = AT_RCPT + AT_DATA + AT_RANDOM
MOST_RUNS = KILLS + 15
SILENCE = 2  # seconds that the sender waits for the server's word

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def people(water: CapabilityProfile, count: int, *, now: datetime) -> list[User]:
    """Members who want the profile's mail. Without passwords, which would take longest."""
    users = User.objects.bulk_create(
        User(name=f"Reader {number}", email=f"reader-{number}@example.org") for number in range(count)
    )
    Membership.objects.bulk_create(Membership(user=user, company=water.company) for user in users)
    readers = Recipient.objects.bulk_create(Recipient(user=user, created_at=now) for user in users)
    Subscription.objects.bulk_create(
        Subscription(recipient=reader, profile=water, created_at=now) for reader in readers
    )
    return users


def answers(chance: random.Random) -> list[Answer]:
    """One in ten isn't a plain yes. All are used up before the last reader has theirs."""
    given = [Answer.DEFER] * 30 + [Answer.REJECT] * 20 + [Answer.FULL] * 10
    given += [Answer.DROP] * 20 + [Answer.HANG] * 5
    given += [Answer.KILL_BEFORE] * AT_RCPT + [Answer.KILL_AFTER] * AT_DATA
    given += [Answer.ACCEPT] * (READERS - 50 - len(given))
    chance.shuffle(given)
    return given


def run_sender(server: MailServer, *, kill_after: int | None = None) -> int | None:
    """Send what is owed, killed by the server or once so many more were taken. Return its exit code."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://{server.host}:{server.port}",
        "EMAIL_TIMEOUT": str(SILENCE),
        "DEMO": "False",
        "DEBUG": "True",
    }
    command = [sys.executable, "manage.py", "digest", "--period", str(PERIOD)]
    before = len(server.taken)
    with Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=PIPE) as sender:  # noqa: S603  our own
        server.sender = sender
        if kill_after is not None:
            while sender.poll() is None and len(server.taken) < before + kill_after:
                time.sleep(0.001)
            sender.kill()
        sender.communicate(timeout=300)
        return sender.returncode


def deadly(server: MailServer) -> int:
    """How many kills the server has still to give."""
    return sum(answer in {Answer.KILL_BEFORE, Answer.KILL_AFTER} for answer in server.answers)


def send_until_done(server: MailServer, chance: random.Random) -> tuple[int, int]:
    """Start the sender again for as long as it is killed or refused. Return the kills and the runs."""
    kills, asked = 0, deadly(server)
    for run in range(1, MOST_RUNS + 1):
        # Where both strike, it was the server.
        has_struck = kills - (asked - deadly(server)) >= AT_RANDOM
        code = run_sender(server, kill_after=None if has_struck else chance.randint(5, 25))
        kills += code == -9
        if code == 0:
            return kills, run
    pytest.fail("the sender never came to an end")


def test_everybody_gets_it_and_twice_only_who_is_in_doubt(olga: User) -> None:
    now, chance = timezone.now(), random.Random(8)  # noqa: S311  the same each time
    water = CapabilityProfileFactory.create()
    readers = people(water, READERS + LEFT + SUPPRESSED, now=now)
    add_match(water, now=now)
    owe_daily_digests(PERIOD, now=now)
    unwanted = [reader.email for reader in readers[: LEFT + SUPPRESSED]]
    left = Subscription.objects.filter(recipient__user__in=readers[:LEFT])
    end_subscriptions(left.values_list("pk", flat=True), way=Withdrawal.Way.CLICK, now=now)
    for address in unwanted[LEFT:]:
        suppress(address, by=olga, because="a test", now=now)
    given = answers(chance)

    with mail_server(*given) as server:
        kills, runs = send_until_done(server, chance)
        arrived = Counter((message["To"], message["Message-ID"]) for message in server.taken)
        run_sender(server)
        again = len(server.taken) - arrived.total()

    repeated = arrived.total() - len(arrived)
    doubts = sum(Delivery.objects.values_list("doubts", flat=True))
    silent = given.count(Answer.DROP) + given.count(Answer.HANG)
    print(  # noqa: T201  the counts are what a person wants to read of it
        f"{kills} kills in {runs} runs; the server took {arrived.total()} mails for {len(arrived)} readers: "
        f"{repeated} came twice, {doubts} were in doubt; {silent} times it fell silent after the mail's end; "
        f"run again, {again} were sent"
    )
    assert kills == KILLS
    assert len({to for to, _ in arrived}) == len(arrived) == READERS
    assert not {to for to, _ in arrived} & set(unwanted)
    assert repeated <= doubts
    assert silent <= repeated <= silent + AT_DATA + AT_RANDOM
    assert again == 0
    assert Delivery.objects.exclude(dropped_because="").count() == LEFT + SUPPRESSED
    assert not Delivery.objects.unsent().exists()

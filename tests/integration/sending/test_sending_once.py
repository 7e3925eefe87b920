"""R7, R8 and R9 in small: nobody goes without, nobody is written to twice but in doubt, which is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.core import mail
from pytest_django import Settings

from matching.delivery.hindrances import MOST_ATTEMPTS
from matching.delivery.owing import owe_daily_digests
from matching.delivery.pausing import current_pause, pause_mail, resume_mail
from matching.delivery.recovering import recover_lost_work
from matching.delivery.services import send_delivery
from matching.delivery.share import send_share
from matching.delivery.suppressing import is_suppressed, suppress
from matching.models import CapabilityProfile, Delivery, DigestRun, Subscription
from portal.accounts.models import Company, User
from portal.lib.retry import postpone_on_failure
from tests.at_once import at_once
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import ShareFactory, SubscriptionFactory
from tests.integration.delivery.mail_server import Answer, MailServer, mail_server
from tests.integration.delivery.world import add_match, move_deadline, owe_and_send
from tests.integration.sending.conftest import TODAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def owed(subscription: Subscription, noon: datetime) -> Delivery:
    add_match(subscription.profile, now=noon, title="Water-quality sensors")
    owe_daily_digests(TODAY, now=noon)
    return Delivery.objects.get()


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.5
    with mail_server() as started:
        settings.EMAIL_HOST, settings.EMAIL_PORT = started.host, started.port
        yield started


def try_to_send(delivery: Delivery, *, now: datetime) -> bool:
    """As the task does."""
    try:
        with postpone_on_failure(Delivery, delivery.pk, now=now):
            return send_delivery(delivery.pk, now=now)
    except OSError:
        return False
    finally:
        delivery.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [Answer.DROP, Answer.HANG])
def test_without_an_answer_it_is_in_doubt_and_sent_again_under_its_message_id(
    owed: Delivery, server: MailServer, noon: datetime, answer: Answer
) -> None:
    server.answers = [answer]
    first = try_to_send(owed, now=noon)
    doubtful = Delivery.objects.in_doubt().count()
    second = try_to_send(owed, now=noon + HOUR)

    assert (first, second, doubtful) == (False, True, 1)
    assert len({message["Message-ID"] for message in server.taken}) == 1
    assert (owed.doubts, Delivery.objects.in_doubt().count()) == (1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [Answer.DEFER, Answer.REJECT, Answer.FULL])
def test_a_plain_no_leaves_no_doubt(
    owed: Delivery, server: MailServer, noon: datetime, answer: Answer
) -> None:
    server.answers = [answer]
    try_to_send(owed, now=noon)
    doubtful = Delivery.objects.in_doubt().count()
    try_to_send(owed, now=noon + HOUR)

    assert (doubtful, owed.doubts, len(server.taken)) == (0, 0, 1)
    assert not is_suppressed("alice@example.org")


@pytest.mark.django_db
def test_a_mailbox_that_the_server_does_not_know_is_written_to_no_more(
    owed: Delivery, server: MailServer, noon: datetime
) -> None:
    server.answers = [Answer.UNKNOWN]
    try_to_send(owed, now=noon)
    try_to_send(owed, now=noon + HOUR)

    assert is_suppressed("alice@example.org")
    assert owed.dropped_because == "the address is suppressed"
    assert owed.delivered_opportunities.count() == 0
    assert server.taken == []


@pytest.mark.django_db
def test_nothing_goes_to_a_suppressed_address(
    owed: Delivery, olga: User, bob: User, alice: User, vallar: Company, noon: datetime
) -> None:
    suppress("alice@example.org", by=olga, because="she rang", now=noon)
    share = ShareFactory.create(company=vallar, by=bob, to=alice)

    assert send_delivery(owed.pk, now=noon) is False
    assert send_share(share.pk, now=noon) is False
    assert mail.outbox == []


@pytest.mark.django_db
def test_what_no_server_takes_is_given_up_after_days(
    owed: Delivery, server: MailServer, noon: datetime
) -> None:
    server.answers = [Answer.REJECT] * (MOST_ATTEMPTS + 5)
    now = noon
    while not owed.dropped_because:
        try_to_send(owed, now=now)
        now = max(now, owed.retry_at)

    assert owed.attempts == MOST_ATTEMPTS
    assert timedelta(days=4) < now - noon < timedelta(days=9)
    assert owed.delivered_opportunities.count() == 0


@pytest.mark.django_db
def test_after_an_outage_it_comes_once_and_says_that_it_is_late(
    owed: Delivery, server: MailServer, noon: datetime
) -> None:
    server.answers = [Answer.DEFER]
    try_to_send(owed, now=noon)
    taken = [try_to_send(owed, now=noon + 3 * DAY) for _ in range(2)]

    assert taken == [True, False]
    [message] = server.taken
    body = message.get_body(("plain",))
    assert body is not None
    assert "This mail is late: it should have come" in body.get_content()
    assert (owed.is_late, Delivery.objects.late().count()) == (True, 1)


@pytest.mark.django_db
def test_a_mail_in_time_does_not_speak_of_it(sent: Delivery) -> None:
    assert "late" not in str(mail.outbox[0].body)
    assert Delivery.objects.late().count() == 0


@pytest.mark.django_db
def test_while_mail_is_paused_nothing_goes_and_after_it_everything_once(
    owed: Delivery, bob: User, alice: User, olga: User, vallar: Company, noon: datetime
) -> None:
    share = ShareFactory.create(company=vallar, by=bob, to=alice)
    pause_mail(by=olga, because="wrong deadlines", now=noon)
    pause_mail(by=olga, because="again", now=noon)
    paused = [send_delivery(owed.pk, now=noon), send_share(share.pk, now=noon)]
    held_back = len(mail.outbox)
    resumed = [resume_mail(by=olga, now=noon + 3 * DAY) for _ in range(2)]
    sent = [send_delivery(owed.pk, now=noon + 3 * DAY) for _ in range(2)]

    assert (paused, held_back) == ([False, False], 0)
    assert (resumed, sent) == ([True, False], [True, False])
    assert current_pause() is None
    owed.refresh_from_db()
    assert (owed.attempts, owed.is_late) == (0, True)


@pytest.mark.django_db
def test_a_day_that_nobody_decided_is_made_up_for_by_the_next(
    subscription: Subscription, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon)
    for _ in range(2):
        owe_and_send(date(2026, 11, 24), now=noon + 4 * DAY)
        recover_lost_work(now=noon + 4 * DAY)

    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_run_that_was_left_half_way_is_finished(subscription: Subscription, noon: datetime) -> None:
    add_match(subscription.profile, now=noon)
    DigestRun.objects.create(period=TODAY, started_at=noon - 2 * HOUR)

    found = [recover_lost_work(now=noon).runs for _ in range(2)]

    assert found == [1, 0]
    assert DigestRun.objects.get().decided_at == noon
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_what_was_left_in_doubt_does_not_wait_for_a_day(
    owed: Delivery, server: MailServer, noon: datetime
) -> None:
    server.answers = [Answer.DROP]
    try_to_send(owed, now=noon)
    Delivery.objects.update(retry_at=noon + DAY)

    found = [recover_lost_work(now=noon + 2 * HOUR).deliveries for _ in range(2)]

    assert found == [1, 0]
    assert Delivery.objects.due_at(noon + 2 * HOUR).get() == owed


@pytest.mark.django_db(transaction=True)
def test_two_timetables_and_many_workers_send_each_mail_once(
    water: CapabilityProfile, noon: datetime
) -> None:
    readers = 6
    for _ in range(readers):
        person = MembershipFactory.create(company=water.company).user
        SubscriptionFactory.create(user=person, profile=water)
    match = add_match(water, now=noon)
    for day in range(3):
        now, period = noon + day * DAY, TODAY + day * DAY
        at_once(partial(owe_daily_digests, now=now), [period] * 4)
        due = list(Delivery.objects.due_at(now).values_list("pk", flat=True))
        at_once(partial(send_delivery, now=now), due * 3)
        move_deadline(match.opportunity, now + 20 * DAY + HOUR)

    got = Counter((message.to[0], message.extra_headers["Message-ID"]) for message in mail.outbox)
    assert (len(got), set(got.values())) == (3 * readers, {1})
    assert DigestRun.objects.count() == 3

"""Mails that are written together are sent as if each were written by itself, in the moment it is sent."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from matching.delivery.holding import hold_day, hold_opportunity
from matching.delivery.leaving import end_subscriptions
from matching.delivery.owing import owe_daily_digests
from matching.delivery.pausing import pause_mail
from matching.delivery.services import send_deliveries, send_delivery
from matching.delivery.subscribing import mute
from matching.delivery.suppressing import suppress
from matching.models import CapabilityProfile, Delivery, Match, Subscription, Withdrawal
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.at_once import at_once, held_by_another
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.integration.delivery import meddling
from tests.integration.delivery.test_many_at_a_time import a_world
from tests.integration.delivery.world import DAY, add_match, move_deadline

TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meanwhile(settings: Settings) -> Iterator[list[Callable[[], object]]]:
    settings.EMAIL_BACKEND = meddling.MEDDLING
    yield meddling.meanwhile
    meddling.meanwhile.clear()


def add_readers(count: int, *, now: datetime) -> None:
    """Each of a company of their own, with a match."""
    for _ in range(count):
        profile = CapabilityProfileFactory.create()
        SubscriptionFactory.create(
            user=MembershipFactory.create(company=profile.company).user, profile=profile
        )
        add_match(profile, now=now)


def waiting() -> list[int]:
    return list(Delivery.objects.unsent().order_by("pk").values_list("pk", flat=True))


def test_it_costs_four_queries_a_mail(noon: datetime) -> None:
    def queries_for(people: int, period: date) -> int:
        add_readers(people, now=noon)
        owe_daily_digests(period, now=noon)
        with CaptureQueriesContext(connection) as queries:
            assert send_deliveries(waiting(), now=noon).sent == people
        return len(queries)

    of_two, of_twelve = queries_for(2, TODAY), queries_for(12, TODAY + DAY)

    assert of_twelve - of_two <= 10 * 3  # read through the company's door, handed over, sent
    assert of_twelve <= 12 * 3 + 25


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 20))])
def test_they_say_what_they_would_say_one_by_one(seed: int, noon: datetime) -> None:
    chance = random.Random(seed)  # noqa: S311  a made-up world, the same each time
    a_world(chance, now=noon)
    owe_daily_digests(TODAY, now=noon)
    tenders = list(Opportunity.objects.order_by("pk"))
    move_deadline(tenders[0], noon + 4 * DAY)
    Opportunity.objects.filter(pk=tenders[1].pk).update(disclosed_from=None)

    def said(send: Callable[[list[int]], object]) -> list[tuple[object, ...]]:
        mail.outbox.clear()
        with transaction.atomic():
            send(waiting())
            dropped = list(Delivery.objects.order_by("pk").values_list("dropped_because", flat=True))
            transaction.set_rollback(True)
        return [*sorted((each.to[0], each.subject, str(each.body)) for each in mail.outbox), tuple(dropped)]

    together = said(lambda keys: send_deliveries(keys, now=noon))
    alone = said(lambda keys: [send_delivery(pk, now=noon) for pk in keys])

    assert len(together) > 2
    assert together == alone


HAPPENINGS: dict[str, Callable[[Delivery, User, datetime], object]] = {
    "its tender is withdrawn": lambda *_: Opportunity.objects.update(disclosed_from=None),
    "its tender is held": lambda _, olga, now: [
        hold_opportunity(pk, by=olga, because="odd", now=now)
        for pk in Opportunity.objects.values_list("pk", flat=True)
    ],
    "its day is held": lambda _, olga, now: hold_day(TODAY, by=olga, because="odd", now=now),
    "mail is paused": lambda _, olga, now: pause_mail(by=olga, because="odd", now=now),
    "its reader leaves": lambda last, _, now: end_subscriptions(
        last.recipient.subscriptions.values_list("pk", flat=True), way=Withdrawal.Way.CLICK, now=now
    ),
    "its reader mutes it": lambda last, _, now: mute(
        last.recipient_id, last.delivered_opportunities.values_list("opportunity", flat=True)[0], now=now
    ),
    "its address is suppressed": lambda last, olga, now: suppress(
        last.recipient.address, by=olga, because="asked", now=now
    ),
    "its reader is shut out": lambda last, *_: User.objects.filter(recipient=last.recipient_id).update(
        is_active=False
    ),
}


@pytest.mark.parametrize("happens", HAPPENINGS)
def test_what_happens_while_the_first_is_sent_stops_the_last(
    happens: str, meanwhile: list[Callable[[], object]], olga: User, noon: datetime
) -> None:
    add_readers(2, now=noon)
    owe_daily_digests(TODAY, now=noon)
    first, last = Delivery.objects.order_by("pk")
    meanwhile.append(lambda: HAPPENINGS[happens](last, olga, noon))

    sending = send_deliveries(waiting(), now=noon)

    last.refresh_from_db()
    assert sending.sent == 1
    assert [message.to[0] for message in mail.outbox] == [first.recipient.address]
    assert last.handed_at is None


def test_one_of_two_tenders_that_is_withdrawn_meanwhile_is_left_out(
    meanwhile: list[Callable[[], object]], noon: datetime
) -> None:
    add_readers(2, now=noon)
    profile = CapabilityProfile.objects.latest("pk")
    withdrawn = add_match(profile, now=noon, title="Withdrawn since").opportunity
    owe_daily_digests(TODAY, now=noon)
    meanwhile.append(lambda: Opportunity.objects.filter(pk=withdrawn.pk).update(disclosed_from=None))

    send_deliveries(waiting(), now=noon)

    assert len(mail.outbox) == 2
    assert "Withdrawn since" not in str(mail.outbox[1].body)
    assert Delivery.objects.latest("pk").delivered_opportunities.count() == 1


def test_a_reader_who_moves_meanwhile_gets_it_at_the_new_address(
    meanwhile: list[Callable[[], object]], noon: datetime
) -> None:
    add_readers(2, now=noon)
    owe_daily_digests(TODAY, now=noon)
    last = User.objects.filter(recipient__deliveries=Delivery.objects.latest("pk"))
    meanwhile.append(lambda: last.update(email="moved@example.org"))

    send_deliveries(waiting(), now=noon)

    assert mail.outbox[1].to == ["moved@example.org"]


def test_one_that_cannot_be_written_keeps_nobody_elses_back(noon: datetime) -> None:
    add_readers(3, now=noon)
    Match.objects.filter(pk=Match.objects.order_by("pk")[1].pk).update(parts=[{"rule": "from nowhere"}])
    owe_daily_digests(TODAY, now=noon)
    _, bad, _ = waiting()

    sending = send_deliveries(waiting(), now=noon)

    unsent = Delivery.objects.get(pk=bad)
    assert (sending.sent, list(sending.failed), waiting()) == (2, [bad], [bad])
    assert (unsent.attempts, unsent.handed_at) == (1, None)
    assert unsent.retry_at > noon


def test_a_persons_second_mail_repeats_nothing_of_the_first(
    subscription: Subscription, noon: datetime
) -> None:
    told = add_match(subscription.profile, now=noon).opportunity
    owe_daily_digests(TODAY, now=noon)
    move_deadline(told, noon + 30 * DAY)
    owe_daily_digests(TODAY + 3 * DAY, now=noon + 3 * DAY)

    send_deliveries(waiting(), now=noon + 3 * DAY)

    assert (len(mail.outbox), waiting()) == (1, [])


def test_what_is_not_begun_in_time_is_left_as_it_was(noon: datetime) -> None:
    add_readers(2, now=noon)
    owe_daily_digests(TODAY, now=noon)

    too_late = send_deliveries(waiting(), now=noon, lasts=-1)
    after = send_deliveries(waiting(), now=noon)

    assert (too_late.sent, too_late.failed, after.sent) == (0, {}, 2)


@pytest.mark.django_db(transaction=True)
def test_what_another_has_is_left_and_the_rest_goes_out(noon: datetime) -> None:
    add_readers(3, now=noon)
    owe_daily_digests(TODAY, now=noon)
    _, held, _ = waiting()

    with held_by_another(Delivery.objects.filter(pk=held)):
        sending = send_deliveries(waiting(), now=noon)

    assert (sending.sent, waiting()) == (2, [held])


@pytest.mark.django_db(transaction=True)
def test_eight_senders_of_the_same_mails_send_each_once(noon: datetime) -> None:
    add_readers(5, now=noon)
    owe_daily_digests(TODAY, now=noon)
    keys = waiting()

    at_once(lambda _: send_deliveries(keys, now=noon), range(8))
    send_deliveries(keys, now=noon)

    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        each.address for each in Delivery.objects.all()
    )

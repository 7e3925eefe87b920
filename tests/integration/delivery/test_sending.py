from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core import mail

from matching.delivery import hindrances
from matching.delivery.leaving import end_subscriptions
from matching.delivery.message_ids import name_in
from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.models import DeliveredOpportunity, Delivery, Subscription, Withdrawal
from opportunities.compile import Change
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from portal.accounts.models import Membership, User
from portal.lib.money import Money
from tests.at_once import at_once, held_by_another
from tests.integration.delivery.world import DAY, add_match, move_deadline, owe_and_send, revise

TODAY = date(2026, 11, 20)


@pytest.fixture
def delivery(subscription: Subscription, noon: datetime) -> Delivery:
    """Owed to Alice: one new match."""
    add_match(subscription.profile, now=noon, title="Water-quality sensors")
    owe_daily_digests(TODAY, now=noon)
    return Delivery.objects.get()


def test_a_delivery_is_sent_once(delivery: Delivery, noon: datetime) -> None:
    assert send_delivery(delivery.pk, now=noon) is True
    assert send_delivery(delivery.pk, now=noon + DAY) is False

    [message] = mail.outbox
    assert message.to == ["alice@example.org"]
    assert message.subject == "1 new tender – Water-quality sensors"


def test_what_was_sent_is_kept(delivery: Delivery, noon: datetime) -> None:
    send_delivery(delivery.pk, now=noon)

    delivery.refresh_from_db()
    [message] = mail.outbox
    assert delivery.sent_at == noon
    assert delivery.address == "alice@example.org"
    assert delivery.subject == message.subject
    assert delivery.body_text == message.body
    assert "Water-quality sensors" in delivery.body_html
    assert name_in(delivery.message_id) == f"digest-2026-11-20-{delivery.pk}"


@pytest.mark.django_db(transaction=True)
def test_eight_senders_send_one_mail(delivery: Delivery, noon: datetime) -> None:
    sent = at_once(lambda _: send_delivery(delivery.pk, now=noon), range(16))

    assert sum(sent) == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_sender_leaves_what_another_has(delivery: Delivery, noon: datetime) -> None:
    with held_by_another(Delivery.objects.all()):
        assert send_delivery(delivery.pk, now=noon) is False

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_eight_deciders_owe_one_delivery(subscription: Subscription, noon: datetime) -> None:
    add_match(subscription.profile, now=noon)

    at_once(lambda _: owe_daily_digests(TODAY, now=noon), range(8))

    assert Delivery.objects.count() == DeliveredOpportunity.objects.count() == 1


def test_what_is_withdrawn_before_sending_is_not_sent(delivery: Delivery, noon: datetime) -> None:
    Opportunity.objects.update(disclosed_from=None)

    assert send_delivery(delivery.pk, now=noon) is False

    delivery.refresh_from_db()
    assert mail.outbox == []
    assert (delivery.sent_at, delivery.dropped_because) == (None, hindrances.NOTHING_LEFT)


def test_one_of_two_withdrawn_leaves_the_other(
    subscription: Subscription, delivery: Delivery, noon: datetime
) -> None:
    withdrawn = add_match(subscription.profile, now=noon, title="Withdrawn since")
    owe_daily_digests(TODAY + DAY, now=noon)
    DeliveredOpportunity.objects.update(delivery=delivery)
    Opportunity.objects.filter(pk=withdrawn.opportunity_id).update(disclosed_from=None)

    send_delivery(delivery.pk, now=noon)

    [message] = mail.outbox
    assert "Water-quality sensors" in message.body
    assert "Withdrawn since" not in message.body
    assert not DeliveredOpportunity.objects.filter(opportunity=withdrawn.opportunity_id).exists()


def test_what_was_held_back_is_sent_once_it_is_disclosed(delivery: Delivery, noon: datetime) -> None:
    Opportunity.objects.update(disclosed_from=None)
    send_delivery(delivery.pk, now=noon)
    Opportunity.objects.update(disclosed_from=noon + DAY)

    owe_and_send(TODAY + DAY, now=noon + DAY)
    owe_and_send(TODAY + 2 * DAY, now=noon + 2 * DAY)

    assert [message.subject for message in mail.outbox] == ["1 new tender – Water-quality sensors"]


def test_an_ended_subscription_is_dropped(
    subscription: Subscription, delivery: Delivery, noon: datetime
) -> None:
    end_subscriptions([subscription.pk], way=Withdrawal.Way.CLICK, now=noon)

    assert send_delivery(delivery.pk, now=noon) is False

    delivery.refresh_from_db()
    assert mail.outbox == []
    assert delivery.dropped_because == hindrances.NOT_WANTED


def test_a_person_who_was_shut_out_is_dropped(delivery: Delivery, noon: datetime) -> None:
    User.objects.filter(recipient=delivery.recipient_id).update(is_active=False)

    send_delivery(delivery.pk, now=noon)

    assert mail.outbox == []


def test_a_person_who_left_the_company_is_dropped(delivery: Delivery, noon: datetime) -> None:
    Membership.objects.all().delete()

    send_delivery(delivery.pk, now=noon)

    assert mail.outbox == []


def test_a_corrigendum_after_the_digest_says_was_and_now(subscription: Subscription, noon: datetime) -> None:
    match = add_match(
        subscription.profile,
        now=noon,
        title="Sensors",
        submission_deadline=datetime.fromisoformat("2026-12-08T15:00:00+05:30"),
    )
    owe_and_send(TODAY, now=noon)
    move_deadline(match.opportunity, datetime.fromisoformat("2026-12-15T15:00:00+05:30"))

    owe_and_send(TODAY + DAY, now=noon + DAY)

    message = mail.outbox[-1]
    assert message.subject == "1 deadline moved – Sensors"
    assert "was Tue 8 Dec 2026, 10:30 Swedish time (15:00 IST)" in message.body
    assert "now Tue 15 Dec 2026, 10:30 Swedish time (15:00 IST)" in message.body


def test_a_corrigendum_between_owing_and_sending_is_told_with_it(
    subscription: Subscription, delivery: Delivery, noon: datetime
) -> None:
    opportunity = Opportunity.objects.get()
    move_deadline(opportunity, noon + 30 * DAY)

    send_delivery(delivery.pk, now=noon)
    owe_and_send(TODAY + DAY, now=noon + DAY)

    [message] = mail.outbox
    assert "Sun 20 Dec 2026" in message.body


def test_two_waiting_digests_tell_nothing_twice(
    subscription: Subscription, delivery: Delivery, noon: datetime
) -> None:
    move_deadline(Opportunity.objects.get(), noon + 30 * DAY)
    owe_daily_digests(TODAY + DAY, now=noon + DAY)

    for waiting in Delivery.objects.order_by("pk"):
        send_delivery(waiting.pk, now=noon + DAY)

    assert len(mail.outbox) == 1


def test_several_kinds_of_news_are_counted_in_the_subject(subscription: Subscription, noon: datetime) -> None:
    water = subscription.profile
    moved = add_match(water, now=noon, title="Moved")
    dearer = add_match(water, now=noon, title="Dearer", score=60)
    ended = add_match(water, now=noon, title="Ended", score=50)
    add_match(water, now=noon, title="Soon", submission_deadline=noon + 3 * DAY)
    owe_and_send(TODAY, now=noon)
    move_deadline(moved.opportunity, noon + 30 * DAY)
    revise(dearer.opportunity, Change("value", Money(Decimal(5), "INR"), Money(Decimal(6), "INR")))
    Opportunity.objects.filter(pk=ended.opportunity_id).update(stage=Stage.CANCELLED)
    revise(ended.opportunity, Change("stage", Stage.TENDER, Stage.CANCELLED))
    add_match(water, now=noon, title="Fresh")
    add_match(water, now=noon, title="Planned", stage=Stage.DPR)
    add_match(water, now=noon, title="Late", published_at=noon - 90 * DAY)

    owe_and_send(TODAY + DAY, now=noon + DAY)

    assert mail.outbox[-1].subject == (
        "1 called off, 1 deadline moved, 1 tender changed, 1 closing soon, 1 new tender, "
        "1 early-stage project, 1 found late – Moved"
    )

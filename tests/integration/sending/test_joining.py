"""Who asked for mail first, and has an account later, is one person: one row, one mail, nothing twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from matching.delivery import links
from matching.delivery.joining import join_recipients
from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.delivery.subscribing import mute
from matching.models import (
    CapabilityProfile,
    Consent,
    DeliveredOpportunity,
    Delivery,
    Mute,
    Recipient,
    Subscription,
    Withdrawal,
)
from opportunities.models import Opportunity
from opportunities.services import write_search_entries
from portal.accounts.models import User
from tests.at_once import at_once
from tests.factories.matching import CapabilityProfileFactory, RecipientFactory, SignUpFactory
from tests.integration.delivery.world import add_match, owe_and_send
from tests.integration.sending.conftest import TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = TODAY + 3 * DAY


@pytest.fixture
def pumps(noon: datetime) -> Opportunity:
    """Open to all, found since yesterday, and fitting nobody's profile."""
    opportunity = add_match(CapabilityProfileFactory.create(), now=noon, title="Pumps").opportunity
    write_search_entries([opportunity.pk])
    return opportunity


@pytest.fixture
def apart(alice: User, noon: datetime) -> Recipient:
    """Alice's address, before anybody knew that it is hers."""
    reader = RecipientFactory.create(user=None, email=alice.email.title(), created_at=noon - 9 * DAY)
    subscription = Subscription.objects.create(
        recipient=reader, kind="topics", created_at=noon - 9 * DAY, weekday=None
    )
    Consent.objects.create(
        recipient=reader, sign_up=SignUpFactory.create(), agreed_at=noon, page="/digest/", wording="1"
    )
    Withdrawal.objects.create(recipient=reader, subscription=subscription, withdrawn_at=noon, way="click")
    return reader


def test_who_has_no_mail_yet_takes_over_what_was_asked_for(
    apart: Recipient, alice: User, pumps: Opportunity, noon: datetime
) -> None:
    joined = [join_recipients() for _ in range(2)]
    owe_and_send(TODAY, now=noon)

    assert joined == [1, 0]
    assert (Recipient.objects.get().pk, Recipient.objects.get().user) == (apart.pk, alice)
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]


def test_an_address_that_nobody_confirmed_is_nobodys(apart: Recipient) -> None:
    EmailAddress.objects.update(verified=False)

    assert join_recipients() == 0
    assert Recipient.objects.get(pk=apart.pk).user is None


def test_two_rows_become_one_and_keep_all_that_was_said(
    apart: Recipient, subscription: Subscription, pumps: Opportunity, noon: datetime
) -> None:
    other = add_match(CapabilityProfileFactory.create(), now=noon).opportunity
    for reader, muted in ((apart, pumps), (apart, other), (subscription.recipient, other)):
        mute(reader.pk, muted.pk, now=noon)
    join_recipients()

    own = Recipient.objects.get()
    assert own == subscription.recipient
    assert own.subscriptions.count() == 2
    assert set(Mute.objects.values_list("recipient", "opportunity")) == {
        (own.pk, pumps.pk),
        (own.pk, other.pk),
    }
    assert (Consent.objects.get().recipient, Withdrawal.objects.get().recipient) == (own, own)


def test_what_either_was_told_is_not_told_again(
    apart: Recipient, subscription: Subscription, pumps: Opportunity, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon)
    owe_and_send(TODAY, now=noon)
    sent = len(mail.outbox)
    join_recipients()
    owe_and_send(TODAY, now=noon)
    owe_and_send(MONDAY, now=noon + 3 * DAY)

    assert (sent, len(mail.outbox)) == (2, 2)
    assert Recipient.objects.get().deliveries.count() == 2


def test_of_two_mails_that_wait_the_one_comes_and_the_other_is_told_next(
    apart: Recipient, subscription: Subscription, pumps: Opportunity, noon: datetime
) -> None:
    match = add_match(subscription.profile, now=noon)
    owe_daily_digests(TODAY, now=noon)
    join_recipients()
    for period, now in ((TODAY, noon), (MONDAY, noon + 3 * DAY)):
        owe_daily_digests(period, now=now)
        for delivery in Delivery.objects.unsent():
            send_delivery(delivery.pk, now=now)

    told = DeliveredOpportunity.objects.order_by("pk").values_list("opportunity", flat=True)
    assert list(told) == [match.opportunity_id, pumps.pk]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(("ended_first", "goes_on"), [(True, True), (False, False)])
def test_of_two_to_the_same_topics_what_was_said_last_holds(
    *, ended_first: bool, goes_on: bool, apart: Recipient, subscription: Subscription, noon: datetime
) -> None:
    twin = Subscription.objects.create(
        recipient=subscription.recipient,
        kind="topics",
        created_at=noon - 20 * DAY,
        ended_at=noon - (10 if ended_first else 1) * DAY,
    )
    join_recipients()

    assert Subscription.objects.filter(kind="topics").get() == twin
    assert Subscription.objects.wanted().filter(pk=twin.pk).exists() is goes_on


def test_old_mails_go_on_leading_where_they_led(
    apart: Recipient, subscription: Subscription, noon: datetime, client: Client
) -> None:
    asked = apart.subscriptions.get()
    twin = Subscription.objects.create(
        recipient=subscription.recipient, kind="topics", created_at=noon - 20 * DAY
    )
    leave, prefer = links.unsubscribe_url(asked.pk), links.preferences_path(apart.pk)
    join_recipients()

    assert client.get(prefer).status_code == 200
    assert client.post(leave).status_code == 200
    twin.refresh_from_db()
    assert twin.ended_at is not None


@pytest.mark.django_db(transaction=True)
def test_eight_who_join_join_once_while_others_decide(
    apart: Recipient, water: CapabilityProfile, subscription: Subscription, noon: datetime
) -> None:
    add_match(water, now=noon)

    def do(number: int) -> int:
        if number % 2:
            return join_recipients()
        owe_daily_digests(date(2026, 11, 20), now=noon)
        return 0

    joined = at_once(do, range(16))

    assert sum(joined) == 1
    assert Recipient.objects.get().subscriptions.count() == 2
    assert Delivery.objects.filter(is_former=False).count() == 1

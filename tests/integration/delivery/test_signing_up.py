"""A digest without an account: asked for on a page, agreed to by mail, changed and left by a signed link."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from matching.delivery import links
from matching.delivery.owing import owe_due_digests
from matching.delivery.signing_up import (
    MOST_MAILS_A_DAY,
    forget_unconfirmed_sign_ups,
    send_sign_up,
)
from matching.models import CapabilityProfile, Consent, Delivery, Recipient, SignUp, Subscription
from opportunities.services import write_search_entries
from portal.accounts.models import User
from tests.at_once import at_once
from tests.factories.matching import RecipientFactory, SignUpFactory, SubscriptionFactory
from tests.integration.delivery.world import DAY, add_match

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WANTED = {
    "do": "sign_up",
    "domains": ["water-supply"],
    "stages": ["tender"],
    "states": ["MH"],
    "cities": "Pune, Nagpur",
    "rhythm": "weekly",
    "language": "en",
    "email": "Dora@example.net",
}


def follow_the_link(client: Client) -> str:
    """Send what is owed, and open and press what the latest mail links to."""
    for sign_up in SignUp.objects.due_at(timezone.now()):
        assert send_sign_up(sign_up.pk, now=timezone.now())
    found = re.search(r"/digest/confirm/\S+", str(mail.outbox[-1].body))
    assert found
    client.get(found[0])
    client.post(found[0])
    return found[0]


def test_whoever_follows_the_link_is_subscribed_once_and_it_is_on_record(client: Client) -> None:
    answer = client.post("/digest/", WANTED)
    assert (answer.status_code, Recipient.objects.count()) == (302, 0)

    link = follow_the_link(client)
    client.post(link)

    subscription = Subscription.objects.get()
    assert subscription.recipient.address == "dora@example.net"
    assert (subscription.kind, subscription.weekday, subscription.is_immediate) == ("topics", 0, False)
    assert "city=Nagpur&city=Pune" in subscription.query
    consent = Consent.objects.get()
    assert (consent.page, consent.rhythm, consent.query) == ("/digest/", "weekly, day 0", subscription.query)
    assert mail.outbox[0].extra_headers["Message-ID"].startswith("<sign-up-")


def test_looking_at_the_link_begins_nothing(client: Client) -> None:
    client.post("/digest/", WANTED)
    send_sign_up(SignUp.objects.get().pk, now=timezone.now())

    found = re.search(r"/digest/confirm/\S+", str(mail.outbox[0].body))

    assert found
    assert client.get(found[0]).status_code == 200
    assert not Subscription.objects.exists()


def test_nobody_learns_whether_an_address_is_known_nor_floods_it(client: Client, alice: User) -> None:
    answers = [
        client.post("/digest/", WANTED | {"email": email}).headers["Location"]
        for email in (*[alice.email] * (MOST_MAILS_A_DAY + 2), "nobody@example.net")
    ]

    assert len(set(answers)) == 1
    assert SignUp.objects.filter(email=alice.email).count() == MOST_MAILS_A_DAY


def test_whoever_has_an_account_gets_it_in_the_same_mail(client: Client, alice: User) -> None:
    own = SubscriptionFactory.create(user=alice)

    client.post("/digest/", WANTED | {"email": alice.email.upper()})
    follow_the_link(client)

    assert Recipient.objects.get() == own.recipient
    assert own.recipient.subscriptions.count() == 2


def test_a_link_that_is_forged_or_too_old_leads_nowhere(client: Client) -> None:
    old = SignUpFactory.create(expires_at=timezone.now() - HOUR)
    assert send_sign_up(old.pk, now=timezone.now()) is False
    client.post("/digest/", WANTED)
    link = follow_the_link(Client())

    assert client.get(link[:-2] + "/").status_code == 404
    assert forget_unconfirmed_sign_ups(now=timezone.now()) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_who_send_send_one_link() -> None:
    sign_up = SignUpFactory.create()

    sent = at_once(lambda _: send_sign_up(sign_up.pk, now=timezone.now()), range(8))

    assert (sum(sent), len(mail.outbox)) == (1, 1)


def test_what_to_expect_is_told_before_anything_is_given(client: Client, water: CapabilityProfile) -> None:
    now = timezone.now()
    for days in range(13):
        match = add_match(water, now=now, state="MH", city="Pune", published_at=now - days * DAY)
        write_search_entries([match.opportunity_id])

    shown = client.post(
        "/digest/", {"do": "try", "states": ["MH"], "rhythm": "daily", "language": "en", "email": ""}
    ).content.decode()

    assert "Maharashtra: about 1 a week, by the last 90 days" in shown
    assert not SignUp.objects.exists()


def test_the_link_in_a_mail_changes_everything_without_log_in(
    subscription: Subscription, client: Client
) -> None:
    address = links.preferences_path(subscription.recipient_id)
    told = {
        f"rhythm-{subscription.pk}": "2",
        "language": "sv",
        "send_hour": "9",
        "time_zone": "Asia/Kolkata",
        "wants_weekends": "on",
    }

    assert client.post(address, told).status_code == 302
    assert client.post(address, told | {"time_zone": "Mars/Base"}).status_code == 422

    recipient = Recipient.objects.get()
    assert (recipient.language, recipient.send_hour, recipient.time_zone) == ("sv", 9, "Asia/Kolkata")
    assert recipient.subscriptions.get().weekday == 2
    client.post(address, {"do": "leave"})
    assert not Subscription.objects.wanted().exists()
    assert client.get(f"/mail/preferences/{links.unsubscribe_token(subscription.pk)}/").status_code == 404


def owed_at(moment: datetime) -> list[date]:
    owe_due_digests(now=moment)
    return list(Delivery.objects.order_by("pk").values_list("run__period", flat=True))


def test_mail_comes_from_the_chosen_hour_of_the_readers_own_day(
    subscription: Subscription, noon: datetime
) -> None:
    Recipient.objects.update(time_zone="America/New_York", send_hour=9)
    add_match(subscription.profile, now=noon)
    nine = noon.replace(hour=14)  # a Friday, five hours behind

    assert owed_at(nine - timedelta(minutes=1)) == []
    assert owed_at(nine) == [date(2026, 11, 20)]
    assert owed_at(nine + HOUR) == [date(2026, 11, 20)]


def test_who_moves_to_another_time_zone_gets_each_day_once(
    subscription: Subscription, noon: datetime
) -> None:
    zones = ["Asia/Kolkata", "America/New_York", "Pacific/Auckland", "Europe/Stockholm", "Asia/Kolkata"]
    start = noon.replace(hour=0) + 3 * DAY  # a Monday
    for quarter in range(0, 4 * 24 * 4, 6):
        moment = start + quarter * timedelta(minutes=15)
        Recipient.objects.update(time_zone=zones[quarter // 66 % len(zones)])
        if quarter % 24 == 0:
            add_match(subscription.profile, now=moment)
        owe_due_digests(now=moment)

    periods = list(Delivery.objects.order_by("pk").values_list("run__period", flat=True))
    assert periods == sorted(set(periods))
    assert len(periods) >= 3


@pytest.mark.parametrize(("wants", "expected"), [(False, 0), (True, 1)])
def test_weekends_are_free_unless_asked_for(
    *, wants: bool, expected: int, subscription: Subscription, noon: datetime
) -> None:
    Recipient.objects.update(wants_weekends=wants)
    add_match(subscription.profile, now=noon)

    assert len(owed_at(noon + DAY)) == expected


def test_at_once_is_within_the_hour_and_never_at_night(water: CapabilityProfile, noon: datetime) -> None:
    reader = RecipientFactory.create(user=None, email="dora@example.net", send_hour=20)
    Subscription.objects.create(recipient=reader, kind="topics", is_immediate=True, created_at=noon - 9 * DAY)
    moments = [noon, noon + timedelta(minutes=15), noon + HOUR, noon + 11 * HOUR]
    for moment in moments:
        match = add_match(water, now=noon)
        write_search_entries([match.opportunity_id])
        owe_due_digests(now=moment)

    hours = Delivery.objects.order_by("pk").values_list("run__hour", flat=True)
    assert list(hours) == [13, 14]

"""Each morning a made-up notice goes by mail as people's does: it must arrive, and nobody else may tell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ingest.models import Source
from ingest.selectors import canary_health
from ingest.services import watch_canary
from ingest.services.canary import tidy_canaries
from matching.delivery.canary import keep_canary
from matching.delivery.dead_rules import count_dead_rules
from matching.delivery.leaving import end_subscriptions
from matching.delivery.owing import owe_due_digests
from matching.delivery.pausing import pause_mail, resume_mail
from matching.delivery.reports.mailbox import note_message
from matching.delivery.services import send_delivery
from matching.models import Delivery, Match, Recipient, Subscription, Withdrawal
from matching.selectors.sending import Shown, delivery_log, sending_state
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.canary import let_canary_fly
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.integration import ways_to_be_told, ways_to_know

pytestmark = pytest.mark.django_db
ADDRESS = "canary@office.example"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A Saturday: the canary has no weekend. 06:50 in Stockholm.
EARLY = datetime(2026, 11, 21, 5, 50, tzinfo=UTC)
SEVEN, EIGHT = EARLY + timedelta(minutes=10), EARLY + timedelta(minutes=70, seconds=1)


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.CANARY_ADDRESS = ADDRESS


def owe_and_send(now: datetime) -> None:
    keep_canary(now=now)
    owe_due_digests(now=now)
    for delivery in Delivery.objects.due_at(now):
        send_delivery(delivery.pk, now=now)


def alarm_at(now: datetime) -> str:
    Source.objects.update(next_poll_at=now)
    watch_canary(now=now)
    return Source.objects.get(kind="canary").alarm


def test_it_goes_the_way_of_every_digest_once_a_day_to_the_address_that_is_set() -> None:
    for hours in range(2):
        let_canary_fly(EARLY + hours * HOUR)
        owe_and_send(SEVEN + hours * HOUR)
    let_canary_fly(EARLY + DAY)
    owe_and_send(SEVEN + DAY)

    assert [message.to for message in mail.outbox] == [[ADDRESS], [ADDRESS]]
    assert "on any day when there is something to tell" in mail.outbox[0].body
    assert ["Canary of 2026-11-21 05:00" in str(message.body) for message in mail.outbox] == [True, False]
    assert "Canary of 2026-11-22 05:00" in str(mail.outbox[1].body)
    assert alarm_at(EIGHT + DAY) == ""


def test_where_no_address_is_set_nothing_is_sent_and_nothing_promised(settings: Settings) -> None:
    settings.CANARY_ADDRESS = ""
    let_canary_fly(EARLY)
    owe_and_send(SEVEN)

    assert (len(mail.outbox), Recipient.objects.count(), alarm_at(EIGHT)) == (0, 0, "")


def test_once_its_address_is_taken_away_it_ends_and_begins_again_with_one(settings: Settings) -> None:
    let_canary_fly(EARLY)
    owe_and_send(SEVEN)
    settings.CANARY_ADDRESS = ""
    let_canary_fly(EARLY + DAY)
    owe_and_send(SEVEN + DAY)
    assert (len(mail.outbox), alarm_at(EIGHT + DAY)) == (1, "")

    settings.CANARY_ADDRESS = ADDRESS
    owe_and_send(EIGHT + DAY)
    assert len(mail.outbox) == 2
    assert Subscription.objects.count() == 1


def test_a_morning_without_its_mail_alarms_until_one_goes_out(olga: User) -> None:
    let_canary_fly(EARLY)
    pause_mail(by=olga, because="The mail server moves", now=EARLY)
    owe_and_send(SEVEN)
    assert [alarm_at(moment) for moment in (SEVEN, EIGHT)] == ["", "canary_not_mailed"]

    resume_mail(by=olga, now=EIGHT)
    owe_and_send(EIGHT + timedelta(minutes=5))
    assert alarm_at(EIGHT + timedelta(minutes=6)) == ""


def test_it_is_promised_from_the_first_morning_after_its_address_was_set() -> None:
    let_canary_fly(SEVEN + HOUR)

    assert alarm_at(SEVEN + 3 * HOUR) == ""
    assert alarm_at(EIGHT + DAY) == "canary_not_mailed"


def test_one_that_was_owed_goes_out_though_another_has_flown_since(olga: User) -> None:
    let_canary_fly(EARLY)
    pause_mail(by=olga, because="The mail server moves", now=EARLY)
    owe_and_send(SEVEN)
    let_canary_fly(EARLY + HOUR)
    resume_mail(by=olga, now=EIGHT)
    owe_and_send(EIGHT)

    assert "Canary of 2026-11-21 05:00" in str(mail.outbox[0].body)


def test_one_that_isn_t_matched_isn_t_mailed() -> None:
    canary = let_canary_fly(EARLY)
    canary.revisions.get().scored.delete()
    owe_and_send(SEVEN)

    assert mail.outbox == []


def test_whoever_leaves_by_its_mail_s_links_doesn_t_silence_it() -> None:
    let_canary_fly(EARLY)
    owe_and_send(SEVEN)
    end_subscriptions([Subscription.objects.get().pk], way=Withdrawal.Way.MAIL, now=SEVEN)
    let_canary_fly(EARLY + DAY)
    owe_and_send(SEVEN + DAY)

    assert len(mail.outbox) == 2


def test_its_arrival_is_known_where_its_address_leads_to_our_mailbox(settings: Settings) -> None:
    settings.BOUNCE_MAILBOX = "imaps://setu@mail.example.org/INBOX"
    let_canary_fly(EARLY)
    owe_and_send(SEVEN)
    arrived = mail.outbox[0].message().as_bytes()
    assert [note_message(arrived, now=SEVEN + timedelta(minutes=n)) for n in (1, 6)] == [True, True]
    health = canary_health(at=EIGHT)
    assert health is not None
    assert (health.last_mailed_at, health.last_arrived_at) == (SEVEN, SEVEN + timedelta(minutes=1))

    let_canary_fly(EARLY + DAY)
    owe_and_send(SEVEN + DAY)
    assert [alarm_at(SEVEN + DAY + HOUR), alarm_at(EIGHT + DAY)] == ["", "canary_not_arrived"]
    note_message(mail.outbox[1].message().as_bytes(), now=EIGHT + DAY)
    assert alarm_at(EIGHT + DAY) == ""


def test_where_none_was_ever_found_handed_over_is_enough(settings: Settings) -> None:
    settings.BOUNCE_MAILBOX = "imaps://setu@mail.example.org/INBOX"
    let_canary_fly(EARLY)
    owe_and_send(SEVEN)
    assert not note_message(b"From: a@b.example\nMessage-ID: <other@example.org>\n\nHello", now=SEVEN)

    assert alarm_at(EIGHT + HOUR) == ""


def test_old_ones_are_cleared_away_with_their_lines_and_the_last_that_was_mailed_stays() -> None:
    for days in range(3):
        let_canary_fly(EARLY + days * DAY)
        owe_and_send(SEVEN + days * DAY)
    let_canary_fly(EARLY + 2 * DAY + HOUR)

    assert tidy_canaries(now=EARLY + 9 * DAY) == 2
    health = canary_health(at=EARLY + 9 * DAY)
    assert health is not None
    assert health.last_mailed_at == SEVEN + 2 * DAY
    assert Opportunity.objects.count() == 2


def test_no_number_and_no_list_of_people_s_mail_holds_it(olga: User, client: Client) -> None:
    now = timezone.now()
    let_canary_fly(EARLY)
    owe_and_send(SEVEN)
    Delivery.objects.update(owed_at=now, sent_at=now)

    state = sending_state(at=now)
    assert (state.sent, state.waiting, count_dead_rules().total) == (0, 0, 0)
    assert [delivery_log(shown).count() for shown in (Shown.ALL, Shown.CANARY)] == [0, 1]
    client.force_login(olga)
    pages = [client.get(f"/office/deliveries/{show}").content.decode() for show in ("", "?show=canary")]
    assert [ADDRESS in page for page in pages] == [False, True]


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


DOORS = [
    door
    for ways in (ways_to_know, ways_to_be_told)
    for name, door in sorted(vars(ways).items())
    if name.startswith("through_")
]


@pytest.mark.slow
def test_no_member_is_told_of_it_by_any_way_even_if_it_were_disclosed_and_fitted(alice: User) -> None:
    now = timezone.now()
    profile = CapabilityProfileFactory.create(company=alice.companies.get(), minimum_score=0)
    SubscriptionFactory.create(user=alice, profile=profile)
    canary = let_canary_fly(now)
    # With a shown tender's title, so that whoever finds it would be heard.
    Opportunity.objects.update(
        disclosed_from=now, title=ways_to_know.TITLE, submission_deadline=now + 20 * DAY
    )
    Match.objects.create(profile=profile, opportunity=canary, score=90, first_matched_at=now, matched_at=now)
    keep_canary(now=now)
    canary.refresh_from_db()

    heard = []
    for door in DOORS:
        with undone():
            Subscription.objects.filter(kind="canary").update(ended_at=now)
            if ways_to_know.TITLE in door(alice, canary):
                heard.append(door.__name__)
    assert heard == []


def test_the_sources_page_says_what_became_of_its_mail(
    olga: User, client: Client, settings: Settings
) -> None:
    client.force_login(olga)
    now = timezone.now()
    let_canary_fly(now)
    assert "No mail has gone out yet." in client.get("/office/sources/").content.decode()

    keep_canary(now=SEVEN)
    noon = now.replace(hour=12)  # whatever the clock says now, nobody is written to at night
    owe_due_digests(now=noon)
    for delivery in Delivery.objects.all():
        send_delivery(delivery.pk, now=noon)
    assert "handed to the mail server" in client.get("/office/sources/").content.decode()

    settings.BOUNCE_MAILBOX = "imaps://setu@mail.example.org/INBOX"
    note_message(mail.outbox[0].message().as_bytes(), now=noon)
    assert "Its last mail arrived" in client.get("/office/sources/").content.decode()

"""What the office holds is in nobody's mail, and isn't lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from matching.delivery import hindrances
from matching.delivery.holding import drop_day, hold_day, hold_opportunity, let_go
from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.delivery.share import send_share
from matching.delivery.upcoming import foretell, upcoming_digests
from matching.models import DeliveredOpportunity, Delivery, MailHold, Recipient, Subscription
from opportunities.models import LedgerEntry, Opportunity
from portal.accounts.models import Company, User
from tests.at_once import at_once, in_a_connection_of_its_own, locked_by_another
from tests.factories.matching import (
    DeliveryFactory,
    DigestRunFactory,
    ShareFactory,
    SubscriptionFactory,
)
from tests.integration.delivery.world import add_match, owe_and_send
from tests.integration.sending.conftest import TODAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = date(2026, 11, 23)
PAGE = "/office/digests/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def sensors(subscription: Subscription, noon: datetime) -> Opportunity:
    return add_match(subscription.profile, now=noon, title="Water-quality sensors").opportunity


@pytest.fixture
def pumps(subscription: Subscription, noon: datetime) -> Opportunity:
    return add_match(subscription.profile, now=noon, title="Pumps").opportunity


@pytest.fixture
def office(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def send_all(now: datetime) -> list[bool]:
    return [send_delivery(pk, now=now) for pk in Delivery.objects.order_by("pk").values_list("pk", flat=True)]


def test_a_held_tender_is_told_with_the_next_mail_once_it_is_let_go(
    sensors: Opportunity, pumps: Opportunity, olga: User, noon: datetime
) -> None:
    hold = hold_opportunity(sensors.pk, by=olga, because="wrong deadline", now=noon)
    owe_and_send(TODAY, now=noon)
    ended = [let_go(hold.pk, by=olga, now=noon + HOUR) for _ in range(2)]
    owe_and_send(MONDAY, now=noon + 3 * DAY)

    first, second = (str(message.body) for message in mail.outbox)
    assert "Pumps" in first
    assert "sensors" not in first
    assert "Water-quality sensors" in second
    assert "Pumps" not in second
    assert ended == [True, False]


def test_a_hold_between_deciding_and_sending_takes_the_line_out_for_everybody(
    sensors: Opportunity, subscription: Subscription, bob: User, olga: User, noon: datetime
) -> None:
    SubscriptionFactory.create(user=bob, profile=subscription.profile)
    owe_daily_digests(TODAY, now=noon)
    first, last = Delivery.objects.order_by("pk")
    sent = send_delivery(first.pk, now=noon)
    hold_opportunity(sensors.pk, by=olga, because="wrong deadline", now=noon)
    stopped = send_delivery(last.pk, now=noon)

    last.refresh_from_db()
    assert (sent, stopped, last.dropped_because) == (True, False, "nothing left to tell")
    assert list(DeliveredOpportunity.objects.values_list("delivery", flat=True)) == [first.pk]


def test_what_a_tender_was_merged_into_is_held_with_it(
    sensors: Opportunity, pumps: Opportunity, olga: User, noon: datetime
) -> None:
    hold_opportunity(sensors.pk, by=olga, because="wrong deadline", now=noon)
    Opportunity.objects.filter(pk=sensors.pk).update(merged_into=pumps)

    owe_and_send(TODAY, now=noon)

    assert mail.outbox == []


def test_what_a_colleague_shows_waits_as_well(
    sensors: Opportunity, vallar: Company, alice: User, bob: User, olga: User, noon: datetime
) -> None:
    share = ShareFactory.create(company=vallar, by=bob, to=alice, opportunity=sensors)
    hold = hold_opportunity(sensors.pk, by=olga, because="wrong deadline", now=noon)
    held = send_share(share.pk, now=noon)
    let_go(hold.pk, by=olga, now=noon)

    assert (held, send_share(share.pk, now=noon)) == (False, True)


@pytest.mark.usefixtures("sensors")
def test_a_held_day_waits_and_goes_out_once(olga: User, noon: datetime) -> None:
    owe_daily_digests(TODAY, now=noon)
    hold = hold_day(TODAY, by=olga, because="odd figures", now=noon)
    held = (send_all(noon), Delivery.objects.due_at(noon).count())
    owe_and_send(MONDAY, now=noon + 3 * DAY)
    repeated = len(mail.outbox)
    let_go(hold.pk, by=olga, now=noon + 3 * DAY)
    sent = [send_all(noon + 3 * DAY) for _ in range(2)]

    assert (held, repeated) == (([False], 0), 0)
    assert (sent, len(mail.outbox)) == ([[True], [False]], 1)


@pytest.mark.usefixtures("sensors")
def test_what_a_dropped_day_held_comes_with_the_next_mail(olga: User, noon: datetime) -> None:
    owe_daily_digests(TODAY, now=noon)
    hold = hold_day(TODAY, by=olga, because="odd figures", now=noon)
    dropped = [drop_day(hold.pk, by=olga, now=noon) for _ in range(2)]
    after = send_all(noon)
    owe_and_send(MONDAY, now=noon + 3 * DAY)

    assert (dropped, after) == ([1, 0], [False])
    [message] = mail.outbox
    assert "Water-quality sensors" in str(message.body)


@pytest.mark.usefixtures("sensors")
def test_a_dropped_day_is_dropped_for_those_too_whose_hour_comes_later(
    subscription: Subscription, olga: User, noon: datetime
) -> None:
    hold = hold_day(TODAY, by=olga, because="odd figures", now=noon)
    drop_day(hold.pk, by=olga, now=noon)
    owe_daily_digests(TODAY, now=noon + HOUR)
    sent = send_all(noon + HOUR)
    dropped = Delivery.objects.get().dropped_because
    owe_and_send(MONDAY, now=noon + 3 * DAY)

    assert (sent, dropped) == ([False], hindrances.DROPPED)
    [message] = mail.outbox
    assert "Water-quality sensors" in str(message.body)


@pytest.mark.usefixtures("sensors")
@pytest.mark.django_db(transaction=True)
def test_what_is_being_sent_at_that_moment_is_not_dropped(olga: User, noon: datetime) -> None:
    owe_daily_digests(TODAY, now=noon)
    Delivery.objects.update(handed_at=noon)
    hold = hold_day(TODAY, by=olga, because="odd figures", now=noon)

    with locked_by_another(f"delivery {Delivery.objects.get().pk}"):
        dropped = drop_day(hold.pk, by=olga, now=noon)

    assert dropped == 0
    assert Delivery.objects.get().dropped_because == ""


@pytest.mark.usefixtures("sensors")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["let go", "dropped"])
def test_a_hold_that_two_end_is_ended_by_the_first(first: str, olga: User, noon: datetime) -> None:
    """The second waits for the lock that the first has, and then finds nothing to end."""
    owe_daily_digests(TODAY, now=noon)
    hold = hold_day(TODAY, by=olga, because="odd figures", now=noon)
    ends = {
        "let go": lambda: int(let_go(hold.pk, by=olga, now=noon)),
        "dropped": lambda: drop_day(hold.pk, by=olga, now=noon),
    }

    def end_second() -> int:
        return ends["dropped" if first == "let go" else "let go"]()

    with ThreadPoolExecutor(1) as another, transaction.atomic():
        done = ends[first]()
        waiting = another.submit(in_a_connection_of_its_own, end_second)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
    second = waiting.result(timeout=10)

    assert (done, second) == (1, 0)
    assert send_all(noon) == ([True] if first == "let go" else [False])


def test_who_held_and_let_go_stands_in_the_ledger_once(
    sensors: Opportunity, olga: User, noon: datetime
) -> None:
    holds = {hold_opportunity(sensors.pk, by=olga, because="wrong deadline", now=noon).pk for _ in range(2)}
    let_go(min(holds), by=olga, now=noon)

    lines = LedgerEntry.objects.values_list("kind", "opportunity", "by", "because")
    assert list(lines) == [
        ("mail-held", sensors.pk, olga.pk, "wrong deadline"),
        ("mail-let-go", sensors.pk, olga.pk, ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_hold_it_once(sensors: Opportunity, olga: User, noon: datetime) -> None:
    def hold(because: str) -> int:
        return hold_opportunity(sensors.pk, by=olga, because=because, now=noon).pk

    holds = at_once(hold, ["wrong deadline", "wrong value"] * 2)

    assert len(set(holds)) == 1
    assert LedgerEntry.objects.count() == 1


def test_next_comes_each_reader_at_their_own_hour(
    sensors: Opportunity, subscription: Subscription, noon: datetime
) -> None:
    Recipient.objects.filter(pk=subscription.recipient_id).update(time_zone="Asia/Kolkata", send_hour=9)
    [upcoming] = upcoming_digests(now=noon.replace(hour=1))
    foretold = foretell(upcoming.recipients, now=noon)

    assert (upcoming.at.hour, upcoming.at.minute, upcoming.people) == (3, 30, 1)
    assert (foretold.mails, foretold.lines) == (1, (("new", 1),))
    assert not Delivery.objects.exists()


def test_the_page_counts_each_mail_once_in_few_queries(
    office: Client, olga: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    now = timezone.now()
    run = DigestRunFactory.create(period=now.date())
    DeliveryFactory.create(run=run, sent_at=now)
    DeliveryFactory.create(run=run)
    DeliveryFactory.create(run=run, last_error="refused")
    DeliveryFactory.create(run=run, dropped_because="nothing left to tell")
    hold_day(now.date(), by=olga, because="odd figures", now=now)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = office.get(PAGE)

    [day] = page.context["days"]
    assert (day.mails, day.sent, day.waiting, day.failed, day.dropped) == (4, 1, 1, 1, 1)
    assert day.is_held
    assert "odd figures" in page.content.decode()


def test_the_office_holds_for_a_reason_and_sees_it_where_it_works(
    office: Client, sensors: Opportunity
) -> None:
    asked = {"opportunity": f"https://setu.example.org/opportunities/{sensors.pk}/"}
    refused = office.post(f"{PAGE}hold-opportunity/", asked | {"because": " "})
    unknown = office.post(f"{PAGE}hold-opportunity/", {"opportunity": "2026_X_1", "because": "why"})
    office.post(f"{PAGE}hold-opportunity/", asked | {"because": "wrong deadline"})
    office.post(f"{PAGE}hold-day/", {"day": timezone.now().date(), "because": "odd figures"})
    pages = [office.get(address).content.decode() for address in ("/office/inbox/", "/office/deliveries/")]
    for hold in MailHold.objects.all():
        office.post(f"{PAGE}{hold.pk}/let-go/")

    assert (refused.status_code, unknown.status_code) == (422, 422)
    assert all("The office keeps 2 things back" in page for page in pages)
    assert not MailHold.objects.standing().exists()

"""A digest can be tried out: it goes to who asks alone, and changes nothing for its reader."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from matching.delivery.holding import hold_day, hold_opportunity
from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.delivery.suppressing import suppress
from matching.delivery.trials import send_office_trial
from matching.models import DeliveredOpportunity, Delivery, Match, Subscription, Verdict
from matching.scoring.records import Evidence, Part
from matching.scoring.records import Verdict as Fit
from matching.scoring.serialization import parts_to_json
from opportunities.models import LedgerEntry
from portal.accounts.models import OfficeLookNotice, User
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    SubscriptionFactory,
    VerdictFactory,
)
from tests.integration.delivery.world import DAY, add_match, move_deadline, owe_and_send
from tests.integration.sending.conftest import TODAY

PAGE = "/office/digests/test/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


@pytest.fixture
def match(subscription: Subscription) -> Match:
    return add_match(subscription.profile, now=timezone.now(), title="Water-quality sensors")


def ask(office: Client, subscription: Subscription, **said: str) -> str:
    posted = {
        "company": str(subscription.company_id or subscription.profile.company_id),  # type: ignore[union-attr]
        "whose": f"subscription-{subscription.pk}",
        "because": "Alice asked why a tender is missing",
    }
    return office.post(PAGE, posted | said, follow=True).content.decode()


def test_the_office_gets_the_mail_itself_marked_as_a_test(
    office: Client, subscription: Subscription, match: Match
) -> None:
    page = ask(office, subscription)

    [message] = [each for each in mail.outbox if each.to == ["olga@example.org"]]
    assert "Sent to olga@example.org, marked as a test." in page
    assert message.subject == "Test: 1 new tender – Water-quality sensors"
    for body in (str(message.body), str(message.alternatives[0][0])):  # type: ignore[attr-defined]
        assert "This is a test, sent to you alone: what Vallar AB: Water would be told now." in body
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(message.extra_headers)


def test_its_links_lead_nowhere_and_end_nothing(
    office: Client, subscription: Subscription, match: Match
) -> None:
    ask(office, subscription)

    paths = {urlsplit(word).path for word in str(mail.outbox[0].body).split() if "/mail/" in word}
    answers = {office.get(path).status_code for path in paths}
    for path in paths:
        office.post(path)
    subscription.refresh_from_db()
    assert len(paths) >= 4
    assert answers <= {404, 200}
    assert subscription.ended_at is None
    assert not subscription.recipient.mutes.exists()


def test_the_real_digest_afterwards_is_as_it_would_have_been(
    subscription: Subscription, olga: User, noon: datetime
) -> None:
    add_match(subscription.profile, now=noon, title="Water-quality sensors")
    send_office_trial(subscription, to=olga, now=noon)
    told = DeliveredOpportunity.objects.count(), Delivery.objects.count()
    owe_daily_digests(TODAY, now=noon)
    send_office_trial(subscription, to=olga, now=noon)
    delivery = Delivery.objects.get()
    was = (delivery.attempts, delivery.handed_at, delivery.retry_at, delivery.delivered_opportunities.count())
    send_delivery(delivery.pk, now=noon)

    before, waiting, real = mail.outbox
    assert told == (0, 0)
    assert was == (0, None, noon, 1)
    assert real.to == ["alice@example.org"]
    assert before.subject == waiting.subject == f"Test: {real.subject}"
    assert "test" not in str(real.body).lower()


def test_of_a_held_day_what_waits_can_be_seen_and_of_a_held_tender_what_is_left(
    subscription: Subscription, olga: User, noon: datetime
) -> None:
    held = add_match(subscription.profile, now=noon, title="Water-quality sensors").opportunity
    add_match(subscription.profile, now=noon, title="Pumps")
    owe_daily_digests(TODAY, now=noon)
    hold_day(TODAY, by=olga, because="odd figures", now=noon)
    hold_opportunity(held.pk, by=olga, because="wrong deadline", now=noon)

    send_office_trial(subscription, to=olga, now=noon)

    [message] = mail.outbox
    assert "Pumps" in str(message.body)
    assert "Water-quality" not in str(message.body)
    assert Delivery.objects.unsent().get().delivered_opportunities.count() == 2


def test_what_the_company_says_itself_is_not_in_it(
    subscription: Subscription, alice: User, olga: User, noon: datetime
) -> None:
    own = Part("feedback", 6, 12, Fit.FITS, (Evidence("secret taste", "secret taste"),), (("relevant", "3"),))
    shown = add_match(subscription.profile, now=noon, title="Pumps")
    Match.objects.filter(pk=shown.pk).update(parts=parts_to_json((own,)))
    followed = add_match(CapabilityProfileFactory.create(), now=noon, title="Followed in private").opportunity
    FollowFactory.create(company=subscription.reader, by=alice, opportunity=followed, created_at=noon - DAY)
    move_deadline(followed, noon + 30 * DAY)
    SubscriptionFactory.create(
        user=alice,
        kind="follows",
        profile=None,
        company=subscription.reader,
    )
    owe_daily_digests(TODAY, now=noon)

    send_office_trial(subscription, to=olga, now=noon)
    send_delivery(Delivery.objects.get().pk, now=noon)

    trial, real = (str(message.body) for message in mail.outbox)
    assert "Pumps" in trial
    assert "Followed in private" in real
    assert "you called 3 tenders" in real
    assert "Followed in private" not in trial
    assert "you called 3 tenders" not in trial


def test_the_company_is_told_and_the_ledger_says_why(
    office: Client, subscription: Subscription, match: Match, olga: User, alice: User
) -> None:
    ask(office, subscription)

    entry = LedgerEntry.objects.get(kind="impersonated")
    notice = OfficeLookNotice.objects.get(person=alice)
    assert (entry.by_id, entry.because) == (olga.pk, "Alice asked why a tender is missing")
    assert notice.look.ended_at is not None
    assert notice.told_at is None  # it is owed a mail


@pytest.mark.parametrize(
    "said", [{"because": ""}, {"whose": "subscription-0"}, {"whose": "profile-0"}, {"company": "0"}]
)
def test_without_a_reason_or_a_reader_of_that_company_nothing_is_looked_at(
    office: Client, subscription: Subscription, match: Match, said: dict[str, str]
) -> None:
    ask(office, subscription, **said)

    assert mail.outbox == []
    assert not LedgerEntry.objects.filter(kind="impersonated").exists()


def test_another_companys_reader_cannot_be_chosen(
    office: Client, subscription: Subscription, charlie: User
) -> None:
    rival = SubscriptionFactory.create(user=charlie)
    MembershipFactory.create(user=charlie, company=rival.profile.company)  # type: ignore[union-attr]

    ask(office, subscription, whose=f"subscription-{rival.pk}")

    assert mail.outbox == []


def test_as_somebody_who_begins_today_the_whole_profile_is_new(
    office: Client, subscription: Subscription, match: Match
) -> None:
    owe_and_send(timezone.now().date(), now=timezone.now())
    mail.outbox.clear()

    ask(office, subscription)
    nothing = len(mail.outbox)
    ask(office, subscription, whose=f"profile-{subscription.profile_id}")

    assert nothing == 0
    assert mail.outbox[0].subject.startswith("Prov: 1 ny upphandling")  # in Olga's language


@pytest.mark.parametrize("how", ["unconfirmed", "suppressed"])
def test_it_goes_to_no_address_but_ones_own_confirmed_one(
    office: Client, subscription: Subscription, match: Match, olga: User, how: str
) -> None:
    if how == "unconfirmed":
        EmailAddress.objects.filter(user=olga).update(verified=False)
    else:
        suppress(olga.email, by=olga, because="a test", now=timezone.now())

    page = ask(office, subscription, to="somebody@example.org", address="somebody@example.org")

    assert mail.outbox == []
    assert "isn&#x27;t confirmed" in page


def test_it_cannot_be_asked_for_ever(office: Client, subscription: Subscription, match: Match) -> None:
    posted = {"company": "0", "whose": "", "because": ""}

    answers = [office.post(PAGE, posted).status_code for _ in range(21)]

    assert answers[-1] == 429


def test_the_page_asks_few_queries(
    office: Client, subscription: Subscription, match: Match, django_assert_max_num_queries: object
) -> None:
    for _ in range(3):
        SubscriptionFactory.create(
            user=MembershipFactory.create(company=subscription.profile.company).user,  # type: ignore[union-attr]
            profile=subscription.profile,
        )

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = office.get(PAGE, {"company": subscription.profile.company_id})  # type: ignore[union-attr]

    assert page.content.decode().count('name="whose"') == 5


def test_a_member_can_have_the_preview_sent(client: Client, subscription: Subscription, match: Match) -> None:
    client.force_login(subscription.recipient.user)  # type: ignore[arg-type]
    address = f"/notifications/{subscription.profile_id}/"

    answered = client.post(address, {"rhythm": "daily", "minimum_score": "", "language": "sv", "do": "send"})

    [message] = mail.outbox
    assert answered.status_code == 200
    assert message.to == ["alice@example.org"]
    assert message.subject.startswith("Prov: ")
    assert "Det här är ett prov som du bad om." in str(message.body)
    assert not Delivery.objects.exists()


def test_a_verdict_is_never_written_by_trying(subscription: Subscription, match: Match, olga: User) -> None:
    VerdictFactory.create(profile=match.profile, opportunity=match.opportunity)
    send_office_trial(subscription, to=olga, now=timezone.now())

    assert mail.outbox == []
    assert Verdict.objects.count() == 1

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.delivery import links
from matching.models import CapabilityProfile, DeliveredOpportunity, Delivery, Subscription
from portal.accounts.models import Company, User
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.integration.delivery.world import add_match, owe_and_send
from tests.integration.signing_in import SignIn

DAILY = {"rhythm": "daily", "minimum_score": "", "language": "en"}
DAY = timedelta(days=1)


@pytest.fixture
def water(vallar: Company) -> CapabilityProfile:
    """From 35 on."""
    return CapabilityProfileFactory.create(company=vallar, name="Water")


@pytest.fixture
def wanted(alice: User, water: CapabilityProfile) -> Subscription:
    """Alice's, daily."""
    return SubscriptionFactory.create(user=alice, profile=water)


def page(answer: Any) -> Tag:
    return BeautifulSoup(answer.content, "lxml")


def text(answer: Any) -> str:
    return " ".join(page(answer).get_text(" ").split())


def about(subscription: Subscription) -> CapabilityProfile:
    assert subscription.profile is not None
    return subscription.profile


def save(client: Client, profile: CapabilityProfile, **choice: str) -> HttpResponse:
    return client.post(f"/notifications/{profile.pk}/", DAILY | choice | {"do": "save"})  # type: ignore[return-value]


def show(client: Client, profile: CapabilityProfile, **choice: str) -> HttpResponse:
    """What it would mean."""
    return client.post(f"/notifications/{profile.pk}/", DAILY | choice | {"do": "try"})  # type: ignore[return-value]


def test_a_profile_without_mail_offers_it_and_sends_none(
    water: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    offered = text(as_(alice).get(f"/profile/{water.pk}/"))
    settings = as_(alice).get(f"/notifications/{water.pk}/")

    assert "Choose how often" in offered
    assert "You get none yet" in text(settings)
    assert page(settings).select_one("#id_rhythm option[selected]")["value"] == "daily"  # type: ignore[index]
    assert not Subscription.objects.exists()


def test_what_is_saved_stands(water: CapabilityProfile, alice: User, as_: SignIn) -> None:
    answer = save(as_(alice), water, rhythm="2", minimum_score="60", language="sv")

    subscription = Subscription.objects.get(kind="profile")
    assert answer.status_code == 302
    assert (subscription.recipient.user, subscription.profile) == (alice, water)
    assert (subscription.weekday, subscription.minimum_score, subscription.recipient.language) == (
        2,
        60,
        "sv",
    )
    assert "On Wednesdays" in text(as_(alice).get("/notifications/"))
    assert "Matches from 60" in text(as_(alice).get("/notifications/"))


def test_saving_again_changes_the_same(wanted: Subscription, alice: User, as_: SignIn) -> None:
    for rhythm in ("4", "daily", "4"):
        save(as_(alice), about(wanted), rhythm=rhythm)

    assert Subscription.objects.get(kind="profile").weekday == 4


def test_off_ends_it_and_on_resumes_it(wanted: Subscription, alice: User, as_: SignIn) -> None:
    save(as_(alice), about(wanted), rhythm="off")
    assert not Subscription.objects.wanted().exists()
    assert "Off since" in text(as_(alice).get("/notifications/"))

    save(as_(alice), about(wanted))

    assert Subscription.objects.wanted().get(kind="profile") == wanted


def test_no_to_what_never_was_leaves_no_trace(water: CapabilityProfile, alice: User, as_: SignIn) -> None:
    save(as_(alice), water, rhythm="off")

    assert not Subscription.objects.exists()


def test_what_a_mails_link_ended_can_be_resumed_here(wanted: Subscription, alice: User, as_: SignIn) -> None:
    Client().post(links.unsubscribe_url(wanted.pk), {"List-Unsubscribe": "One-Click"})

    assert "Off since" in text(as_(alice).get(f"/notifications/{wanted.profile_id}/"))
    save(as_(alice), about(wanted))

    assert Subscription.objects.wanted().exists()


@pytest.mark.parametrize(
    "choice",
    [
        {"minimum_score": "34"},
        {"minimum_score": "101"},
        {"minimum_score": "much"},
        {"rhythm": "5"},
        {"language": "fi"},
    ],
)
def test_what_makes_no_sense_is_not_saved(
    choice: dict[str, str], wanted: Subscription, alice: User, as_: SignIn
) -> None:
    answer = save(as_(alice), about(wanted), **choice)

    assert answer.status_code == 422
    assert page(answer).select(".field__error")
    assert Subscription.objects.get(kind="profile").minimum_score is None


def test_each_chooses_alone(wanted: Subscription, bob: User, as_: SignIn) -> None:
    save(as_(bob), about(wanted), rhythm="0")

    wanted.refresh_from_db()
    assert wanted.weekday is None
    assert Subscription.objects.filter(kind="profile").count() == 2


@pytest.mark.parametrize("path", ["", "preview/?rhythm=daily&language=en"])
def test_a_competitors_profile_is_nowhere(
    path: str, water: CapabilityProfile, charlie: User, as_: SignIn
) -> None:
    assert as_(charlie).get(f"/notifications/{water.pk}/{path}").status_code == 404


def test_nobody_chooses_for_a_competitor(water: CapabilityProfile, charlie: User, as_: SignIn) -> None:
    assert save(as_(charlie), water).status_code == 404
    assert not Subscription.objects.exists()


def test_the_preview_is_the_mail_that_goes_out(wanted: Subscription, alice: User, as_: SignIn) -> None:
    now = timezone.now()
    add_match(wanted.profile, now=now, title="Sensors for Pune")
    shown = as_(alice).get(f"/notifications/{wanted.profile_id}/")
    frame = as_(alice).get(str(page(shown).select_one("iframe")["src"]))  # type: ignore[index]
    assert mail.outbox == []

    owe_and_send(now.date(), now=now)

    sent = Delivery.objects.get()
    assert sent.subject in text(shown)
    assert _without_links(frame.content.decode()) == _without_links(sent.body_html)
    assert "sandbox" in frame.headers["Content-Security-Policy"]


def _without_links(html: str) -> str:
    """Those of a preview lead nowhere."""
    drawn = BeautifulSoup(html, "lxml")
    for link in drawn.select("a"):
        del link["href"]
    return str(drawn)


def test_a_preview_marks_nothing(wanted: Subscription, alice: User, as_: SignIn) -> None:
    add_match(wanted.profile, now=timezone.now())

    for _ in range(2):
        assert "New tenders" in text(as_(alice).get(f"/notifications/{wanted.profile_id}/"))

    assert not Delivery.objects.exists()
    assert not DeliveredOpportunity.objects.exists()
    assert Subscription.objects.get(kind="profile").decided_on is None


def test_whoever_has_no_mail_yet_sees_what_it_would_be(
    water: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    add_match(water, now=timezone.now(), title="Sensors for Pune", score=70)

    assert "Sensors for Pune" in text(show(as_(alice), water))
    assert "nothing to tell just now" in text(show(as_(alice), water, minimum_score="80"))
    assert "Nya upphandlingar" in text(show(as_(alice), water, language="sv"))
    assert not Subscription.objects.exists()


def test_what_was_told_is_not_in_the_preview(wanted: Subscription, alice: User, as_: SignIn) -> None:
    now = timezone.now()
    add_match(wanted.profile, now=now)
    owe_and_send(now.date(), now=now)

    answer = as_(alice).get(f"/notifications/{wanted.profile_id}/")

    assert "nothing to tell just now" in text(answer)
    answer = as_(alice).get("/notifications/")
    assert "Sent to you" in text(answer)
    assert page(answer).select_one("a[href^='/mail/view/']")


def test_how_much_to_expect_is_told_before_saving(water: CapabilityProfile, alice: User, as_: SignIn) -> None:
    now = timezone.now()
    for days in range(1, 85, 7):  # one each week, of 70 and of 50
        at = now - days * DAY
        for score in (70, 50):
            add_match(water, now=at, score=score, recorded_at=at, disclosed_from=at, submission_deadline=None)
    add_match(water, now=now, recorded_at=now - 90 * DAY, disclosed_from=now - 90 * DAY, score=1)

    assert "About 1 mail a week , with 2 opportunities in all" in text(show(as_(alice), water))
    assert "with 1 opportunity in all" in text(show(as_(alice), water, minimum_score="60"))
    assert "nothing to send" in text(show(as_(alice), water, minimum_score="80"))
    assert "No mail" in text(show(as_(alice), water, rhythm="off"))


def test_without_a_profile_there_is_nothing_to_choose(alice: User, as_: SignIn) -> None:
    assert "Write a profile" in text(as_(alice).get("/notifications/"))


@pytest.mark.parametrize("path", ["/notifications/", "/notifications/{profile}/"])
def test_the_number_of_questions_does_not_grow(
    path: str, wanted: Subscription, alice: User, vallar: Company, as_: SignIn
) -> None:
    client, now = as_(alice), timezone.now()
    path = path.format(profile=wanted.profile_id)
    add_match(wanted.profile, now=now)
    owe_and_send(now.date() - DAY, now=now)
    add_match(wanted.profile, now=now)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(5):
        other = CapabilityProfileFactory.create(company=vallar)
        SubscriptionFactory.create(user=alice, profile=other, weekday=number)
        add_match(wanted.profile, now=now)

    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert len(many) == len(few)
    assert len(many) <= 12

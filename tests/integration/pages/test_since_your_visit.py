"""The opportunity page tells what changed since the reader was there, folded, and what it means."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from matching.models import LastLook
from opportunities.compile import Change
from opportunities.models import Opportunity
from opportunities.parsed_notice import Moment, NoticeKind
from opportunities.serialization import changes_to_json
from portal.accounts.models import Company, User
from portal.lib.money import Money
from tests.factories.matching import CapabilityProfileFactory, MatchFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory
from tests.integration.signing_in import SignIn

NOW = timezone.now()


def corrigendum(opportunity: Opportunity, *changes: Change) -> None:
    notice = NoticeFactory.create(opportunity=opportunity, kind=NoticeKind.CORRIGENDUM.value)
    number = opportunity.revisions.count() + 2
    OpportunityRevisionFactory.create(notice=notice, number=number, changes=changes_to_json(changes))


def deadline(before: int, after: int) -> Change:
    return Change(
        "submission_deadline", Moment(NOW + timedelta(days=before)), Moment(NOW + timedelta(days=after))
    )


def value(before: int, after: int) -> Change:
    crore = Decimal(10_000_000)
    return Change("value", Money(before * crore, "INR"), Money(after * crore, "INR"))


def days_pass() -> None:
    LastLook.objects.update(looked_at=timezone.now() - timedelta(days=2))


@pytest.fixture
def sensors(vallar: Company) -> Opportunity:
    opportunity = OpportunityFactory.create()
    profile = CapabilityProfileFactory.create(
        company=vallar, value_to_inr=Decimal(1_000_000_000), scored_at=NOW
    )
    MatchFactory.create(profile=profile, opportunity=opportunity)
    return opportunity


def panel(client: Client, opportunity: Opportunity) -> str:
    page = BeautifulSoup(client.get(f"/opportunities/{opportunity.pk}/").content, "lxml")
    found = page.select_one(".panel--news")
    return " ".join(found.get_text(" ").split()) if found else ""


def test_several_corrigenda_are_told_as_one_change_for_each_fact_with_what_it_means(
    sensors: Opportunity, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    assert panel(client, sensors) == ""
    corrigendum(sensors, deadline(20, 25), value(84, 84))
    corrigendum(sensors, deadline(25, 30), value(84, 120))
    days_pass()

    told = panel(client, sensors)

    assert told.count("Bids close") == 1
    assert "You gain 10 days" in told
    assert "₹ 84 crore ₹ 120 crore" in told
    assert "At ₹ 120 crore it is outside the values that suit you." in told


def test_what_was_changed_and_changed_back_is_not_told(
    sensors: Opportunity, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    panel(client, sensors)
    corrigendum(sensors, deadline(20, 25))
    corrigendum(sensors, deadline(25, 20))
    days_pass()

    assert panel(client, sensors) == ""
    assert (
        "Nothing has changed since your visit" in client.get(f"/opportunities/{sensors.pk}/").content.decode()
    )


def test_a_reload_tells_it_again_until_it_is_marked_as_seen(
    sensors: Opportunity, alice: User, bob: User, as_: SignIn
) -> None:
    client = as_(alice)
    panel(client, sensors)
    panel(as_(bob), sensors)
    corrigendum(sensors, deadline(20, 30))
    days_pass()

    assert panel(client, sensors) == panel(client, sensors) != ""

    client.post(f"/opportunities/{sensors.pk}/seen/", {"number": number_told(client, sensors)})

    assert panel(client, sensors) == ""
    assert "You gain 10 days" in panel(as_(bob), sensors)


def number_told(client: Client, opportunity: Opportunity) -> str:
    page = BeautifulSoup(client.get(f"/opportunities/{opportunity.pk}/").content, "lxml")
    return str(page.select_one(".panel--news input[name=number]")["value"])  # type: ignore[index]


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 18])
def test_a_number_that_isn_t_one_marks_nothing(
    number: str, sensors: Opportunity, alice: User, as_: SignIn
) -> None:
    client = as_(alice)
    panel(client, sensors)
    corrigendum(sensors, deadline(20, 30))
    days_pass()

    assert client.post(f"/opportunities/{sensors.pk}/seen/", {"number": number}).status_code == 302
    assert panel(client, sensors) != ""


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose"])
def test_a_browser_that_fetches_ahead_has_not_looked(
    header: str, sensors: Opportunity, alice: User, as_: SignIn
) -> None:
    as_(alice).get(f"/opportunities/{sensors.pk}/", headers={header: "prefetch"})

    assert not LastLook.objects.exists()


def test_the_list_marks_what_changed_since_the_reader_looked_and_can_show_that_alone(
    sensors: Opportunity, alice: User, bob: User, as_: SignIn
) -> None:
    client = as_(alice)
    profile = sensors.matches.get().profile
    MatchFactory.create(profile=profile)
    panel(client, sensors)
    corrigendum(sensors, deadline(20, 30))

    assert marked(client, "/matches/") == [True, False]
    assert marked(client, "/matches/?mark=changed") == [True]
    assert marked(as_(bob), "/matches/") == [False, False]

    panel(client, sensors)

    assert marked(client, "/matches/") == [False, False]


def marked(client: Client, path: str) -> list[bool]:
    page = BeautifulSoup(client.get(path).content, "lxml")
    return [card.select_one(".badge--news") is not None for card in page.select(".card")]


def test_what_isn_t_disclosed_can_t_be_marked_as_seen(alice: User, as_: SignIn) -> None:
    secret = OpportunityFactory.create(disclosed_from=None)

    assert as_(alice).post(f"/opportunities/{secret.pk}/seen/", {"number": "1"}).status_code == 404

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.test import Client
from django.utils import timezone

from matching.bidding.records import Presence, Signature
from matching.bids import bid_outlook, bidder_of, call_of
from matching.models import CompletedProject, YearlyTurnover
from opportunities.models import Opportunity
from portal.accounts.models import User
from tests.factories.matching import CapabilityProfileFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, RequirementFactory
from tests.factories.world import World
from tests.integration.signing_in import SignIn

pytestmark = pytest.mark.django_db


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def panel(client: Client, opportunity: Opportunity, name: str) -> Tag:
    page = BeautifulSoup(client.get(f"/opportunities/{opportunity.pk}/").content, "lxml")
    return page.select(f"section[aria-labelledby={name}]")[0]


def test_what_is_missing_stands_first_with_the_way_out(world: World, alice: User, as_: SignIn) -> None:
    lines = [words(line) for line in panel(as_(alice), world.sensors, "bid-title").select("li")]

    answers = {line.split(" Asked")[0]: line for line in lines}
    assert "Turnover With a partner" in answers
    assert "Asked: ₹ 50 crore." in answers["Turnover With a partner"]
    assert "You have: SEK 42.5 M." in answers["Turnover With a partner"]
    assert "A partner with at least" in answers["Turnover With a partner"]
    assert "Average annual turnover of at least Rs. 50 crore" in answers["Turnover With a partner"]
    met = next(line for line in lines if line.startswith("Certificate: ISO 9001 Met"))
    assert met.endswith("on the date of submission. (line 12)")


def test_a_doubtful_reading_says_so(world: World, alice: User, as_: SignIn) -> None:
    lines = [words(line) for line in panel(as_(alice), world.sensors, "bid-title").select("li")]

    doubtful = [line for line in lines if "not confirmed yet" in line]
    assert [line.split(" ")[0] for line in doubtful] == ["Papers"]


def test_steps_are_planned_back_and_the_first_late_one_is_named(
    world: World, alice: User, as_: SignIn
) -> None:
    plan = words(panel(as_(alice), world.sensors, "plan-title"))

    assert "Upload the bid in time" in plan
    assert "First to be too late: Apostille and translations" in plan


def test_the_office_sees_no_companys_outlook(world: World, olga: User, as_: SignIn) -> None:
    page = as_(olga).get(f"/opportunities/{world.sensors.pk}/").content.decode()

    assert "plan-title" not in page
    assert "bid-title" not in page


def test_a_closed_tender_is_not_planned_for(world: World, alice: User, as_: SignIn) -> None:
    Opportunity.objects.filter(pk=world.sensors.pk).update(
        submission_deadline=timezone.now() - timedelta(days=1)
    )

    assert "plan-title" not in as_(alice).get(f"/opportunities/{world.sensors.pk}/").content.decode()


def test_a_profile_is_examined_by_what_it_has_told() -> None:
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    opportunity = OpportunityFactory.create(
        title="Supply of water meters", submission_deadline=now + timedelta(days=60)
    )
    RequirementFactory.create(notice=NoticeFactory.create(opportunity=opportunity))
    profile = CapabilityProfileFactory.create(
        digital_signature=Signature.HELD.value, indian_presence=Presence.SUBSIDIARY.value
    )
    call = call_of(opportunity, now=now)

    before = bid_outlook(bidder_of(profile), call, opportunity, now=now).answer
    for year, millions in ((2025, 900), (2024, 800), (2023, 700)):
        YearlyTurnover.objects.create(profile=profile, year=year, sek_millions=millions)
    CompletedProject.objects.create(profile=profile, name="Meters", completed_year=2024)
    after = bid_outlook(bidder_of(profile), call, opportunity, now=now)

    assert (str(before), str(after.answer)) == ("unknown", "met")
    assert after.plan.outlook == "feasible"

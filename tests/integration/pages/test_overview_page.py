from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import CapabilityProfile
from opportunities.services import DomainsOf, set_domains
from portal.accounts.models import Company, User
from tests.factories.matching import CapabilityProfileFactory, MatchFactory, VerdictFactory
from tests.factories.opportunities import OpportunityFactory
from tests.integration.signing_in import SignIn

DAY = timedelta(days=1)


@pytest.fixture
def water(vallar: Company) -> CapabilityProfile:
    return CapabilityProfileFactory.create(company=vallar)


def page(as_: SignIn, user: User, address: str = "") -> Tag:
    return BeautifulSoup(as_(user).get(f"/overview/{address}").content, "lxml")


def total(page: Tag, key: str) -> int:
    """What a chart's table adds up to."""
    rows = page.select(f"#chart-{key} tbody tr")
    return sum(int(row.select("td")[-1].get_text()) for row in rows)


def test_what_fits_is_counted_and_nothing_else(
    water: CapabilityProfile, alice: User, charlie: User, as_: SignIn
) -> None:
    now = timezone.now()
    over = OpportunityFactory.create(submission_deadline=now - DAY, recorded_at=now - 9 * DAY)
    MatchFactory.create(profile=water, opportunity=over)
    MatchFactory.create(profile=water)
    MatchFactory.create(profile=water, score=water.minimum_score - 1)
    MatchFactory.create(profile=water, opportunity=OpportunityFactory.create(disclosed_from=now + DAY))
    MatchFactory.create(profile=water, opportunity=OpportunityFactory.create(disclosed_from=None))
    dismissed = MatchFactory.create(profile=water)
    VerdictFactory.create(profile=water, opportunity=dismissed.opportunity, person=alice)
    CapabilityProfileFactory.create(company=charlie.companies.get())

    ours, theirs = page(as_, alice), page(as_, charlie)

    assert total(ours, "new") == 2
    assert total(ours, "ahead") == 1
    assert "Nothing to count yet" in theirs.select_one("#chart-new").get_text()  # type: ignore[union-attr]


def test_fields_are_named_and_lead_to_the_list(water: CapabilityProfile, alice: User, as_: SignIn) -> None:
    match = MatchFactory.create(profile=water)
    set_domains([DomainsOf(match.opportunity_id, ("water-supply",))], version="told")

    link = page(as_, alice).select_one("#chart-domains a")

    assert link is not None
    listed = as_(alice).get(str(link["href"])).content.decode()
    assert match.opportunity.title in listed


def test_another_profile_can_be_looked_at(
    water: CapabilityProfile, vallar: Company, alice: User, as_: SignIn
) -> None:
    other = CapabilityProfileFactory.create(company=vallar)
    MatchFactory.create(profile=other)

    assert total(page(as_, alice, f"?profile={water.pk}"), "new") == 0
    assert total(page(as_, alice, f"?profile={other.pk}"), "new") == 1


def test_a_company_without_a_profile_is_told_how_to_begin(alice: User, as_: SignIn) -> None:
    assert as_(alice).get("/overview/").status_code == 200


def test_the_list_of_matches_leads_to_it(water: CapabilityProfile, alice: User, as_: SignIn) -> None:
    assert f"/overview/?profile={water.pk}" in as_(alice).get("/matches/").content.decode()


def test_the_number_of_questions_does_not_grow(water: CapabilityProfile, alice: User, as_: SignIn) -> None:
    MatchFactory.create(profile=water)
    client = as_(alice)
    with CaptureQueriesContext(connection) as few:
        client.get("/overview/")
    for _ in range(8):
        MatchFactory.create(profile=water)

    with CaptureQueriesContext(connection) as many:
        client.get("/overview/")

    assert len(many) == len(few)
    assert len(many) <= 8

"""What isn't disclosed doesn't exist for members, on any page; the office sees it beforehand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from matching.models import CapabilityProfile
from opportunities.models import Opportunity
from portal.accounts.models import Company, User
from tests.factories.ingest import ExtractionFactory, QuarantinedPartFactory, RawDocumentFactory
from tests.factories.matching import CapabilityProfileFactory, MatchFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory
from tests.integration.signing_in import SignIn

Look = Callable[[Client, Opportunity], bool]


def through_the_list(client: Client, opportunity: Opportunity) -> bool:
    return opportunity.title in client.get("/matches/").content.decode()


def through_the_map(client: Client, opportunity: Opportunity) -> bool:
    return f"state={opportunity.state}" in client.get("/matches/").content.decode()


def through_the_search(client: Client, opportunity: Opportunity) -> bool:
    return opportunity.title in client.get("/matches/", {"q": "tramway"}).content.decode()


def through_its_page(client: Client, opportunity: Opportunity) -> bool:
    return client.get(f"/opportunities/{opportunity.pk}/").status_code == 200


def through_its_original(client: Client, opportunity: Opportunity) -> bool:
    document = opportunity.notices.get().extractions.get().document_id
    return client.get(f"/originals/{document}/").status_code == 200


DOORS = (through_the_list, through_the_map, through_the_search, through_its_page, through_its_original)


@pytest.fixture
def profile(alice: User) -> CapabilityProfile:
    return CapabilityProfileFactory.create(company=alice.companies.get())


def opportunity_disclosed(profile: CapabilityProfile, wait: timedelta | None) -> Opportunity:
    moment = None if wait is None else timezone.now() + wait
    opportunity = OpportunityFactory.create(
        title="Signalling for the tramway", disclosed_from=moment, state="GA"
    )
    ExtractionFactory.create(notice=NoticeFactory.create(opportunity=opportunity))
    MatchFactory.create(profile=profile, opportunity=opportunity)
    return opportunity


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("wait", "seen"),
    [(None, False), (timedelta(hours=1), False), (timedelta(seconds=-1), True)],
    ids=["undecided", "in an hour", "now"],
)
def test_no_page_opens_early(
    door: Look, wait: timedelta | None, *, seen: bool, profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    opportunity = opportunity_disclosed(profile, wait)

    assert door(as_(alice), opportunity) is seen


def test_the_office_sees_it_before_anyone(profile: CapabilityProfile, olga: User, as_: SignIn) -> None:
    opportunity = opportunity_disclosed(profile, None)

    assert through_its_page(as_(olga), opportunity)
    assert through_its_original(as_(olga), opportunity)


def test_an_original_stays_shut_while_it_also_tells_of_something_undisclosed(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    told = opportunity_disclosed(profile, timedelta(seconds=-1))
    document = told.notices.get().extractions.get().document
    untold = OpportunityFactory.create(disclosed_from=None)
    ExtractionFactory.create(document=document, notice=NoticeFactory.create(opportunity=untold))

    page = as_(alice).get(f"/opportunities/{told.pk}/").content.decode()

    assert not through_its_original(as_(alice), told)
    assert f"/originals/{document.pk}/" not in page
    assert "something not disclosed yet" in page


def test_an_original_stays_shut_while_a_part_of_it_is_unread(
    profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    told = opportunity_disclosed(profile, timedelta(seconds=-1))
    part = QuarantinedPartFactory.create(document=told.notices.get().extractions.get().document)
    assert not through_its_original(as_(alice), told)

    part.settled_at = timezone.now()
    part.save()
    assert through_its_original(as_(alice), told)


def test_an_original_that_tells_of_nothing_is_the_office_s_alone(
    alice: User, olga: User, as_: SignIn
) -> None:
    path = f"/originals/{RawDocumentFactory.create().pk}/"

    assert [as_(person).get(path).status_code for person in (alice, olga)] == [404, 200]


@pytest.mark.parametrize("door", DOORS)
def test_a_company_that_is_not_approved_is_shown_nothing(
    door: Look, profile: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    opportunity = opportunity_disclosed(profile, timedelta(seconds=-1))
    Company.objects.update(approved_at=None)

    assert door(as_(alice), opportunity) is False

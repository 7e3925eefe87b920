"""Two companies find each other for one tender, and nobody learns a name too early."""

from __future__ import annotations

from datetime import datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from matching.models import CapabilityProfile, PartnerRequest
from matching.partners import candidate_with, teaming_for
from matching.services import answer_partner, ask_partner, withdraw_partner_request
from matching.templatetags.bid_words import domain_names
from opportunities.models import Opportunity
from opportunities.parsed_notice import RequirementKind
from portal.accounts.models import Company, User
from tests.at_once import at_once
from tests.factories.accounts import MembershipFactory
from tests.factories.matching import CapabilityProfileFactory, MatchFactory, PartnerRequestFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, RequirementFactory
from tests.integration.signing_in import SignIn

NAMES = ("Vallar", "Alice", "alice@", "Cedern", "Charlie", "charlie@")


@pytest.fixture
def tender(db: None) -> Opportunity:
    opportunity = OpportunityFactory.create(
        title="Adaptive traffic signals and LED street lighting",
        description="",
        is_joint_venture_allowed=True,
    )
    RequirementFactory.create(
        notice=NoticeFactory.create(opportunity=opportunity),
        kind=RequirementKind.CERTIFICATION.value,
        sentence="The bidder shall hold ISO 27001.",
        name="ISO 27001",
        amount=None,
        currency="",
    )
    return opportunity


@pytest.fixture
def ours(vallar: Company, tender: Opportunity) -> CapabilityProfile:
    return _profile(vallar, tender, domains=["traffic"], certifications=["ISO 9001"])


@pytest.fixture
def theirs(charlie: User, tender: Opportunity) -> CapabilityProfile:
    company = Company.objects.get(people=charlie)
    return _profile(company, tender, domains=["lighting"], certifications=["ISO 27001"])


def _profile(company: Company, tender: Opportunity, **facts: object) -> CapabilityProfile:
    profile = CapabilityProfileFactory.create(company=company, is_joint_venture_willing=True, **facts)
    MatchFactory.create(profile=profile, opportunity=tender)
    return profile


def the_sign(ours: CapabilityProfile, tender: Opportunity) -> str:
    return teaming_for(ours, tender, now=timezone.now()).proposals[0].partners[0].sign


def everything(client: Client, tender: Opportunity) -> str:
    return "".join(
        client.get(path).content.decode()
        for path in ("/partners/", f"/opportunities/{tender.pk}/", "/matches/")
    )


def names_in(text: str, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in text]


def test_a_partner_is_proposed_by_what_it_adds(
    tender: Opportunity, ours: CapabilityProfile, theirs: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    page = BeautifulSoup(as_(alice).get(f"/partners/for/{tender.pk}/").content, "lxml")
    team = " ".join(page.select("section[aria-labelledby=team-title]")[0].get_text(" ").split())

    assert f"A member that adds: {domain_names(['lighting'])}; Certificate" in team
    assert "nothing missing that we know of" in team
    assert names_in(str(page), NAMES[3:]) == []


def test_no_name_is_told_before_both_want_it(
    tender: Opportunity,
    ours: CapabilityProfile,
    theirs: CapabilityProfile,
    alice: User,
    charlie: User,
    as_: SignIn,
) -> None:
    assert as_(alice).post(f"/partners/ask/{tender.pk}/{the_sign(ours, tender)}/").status_code == 302
    assert names_in(everything(as_(alice), tender), NAMES[3:]) == []
    assert names_in(everything(as_(charlie), tender), NAMES[:3]) == []

    request = PartnerRequest.objects.get()
    as_(charlie).post(f"/partners/{request.pk}/answer/", {"answer": "yes"})

    assert names_in(as_(alice).get("/partners/").content.decode(), NAMES[3:]) == list(NAMES[3:])
    assert names_in(as_(charlie).get("/partners/").content.decode(), NAMES[:3]) == list(NAMES[:3])


def test_to_decline_tells_nobody_anything(
    tender: Opportunity,
    ours: CapabilityProfile,
    theirs: CapabilityProfile,
    alice: User,
    charlie: User,
    as_: SignIn,
) -> None:
    as_(alice).post(f"/partners/ask/{tender.pk}/{the_sign(ours, tender)}/")
    request = PartnerRequest.objects.get()

    as_(charlie).post(f"/partners/{request.pk}/answer/", {"answer": "no"})
    as_(charlie).post(f"/partners/{request.pk}/answer/", {"answer": "yes"})  # the first answer stands

    assert names_in(everything(as_(alice), tender), NAMES[3:]) == []
    assert names_in(everything(as_(charlie), tender), NAMES[:3]) == []
    assert "They declined" in as_(alice).get("/partners/").content.decode()


def test_only_who_is_meant_can_answer_or_take_back(
    tender: Opportunity,
    ours: CapabilityProfile,
    theirs: CapabilityProfile,
    alice: User,
    charlie: User,
    as_: SignIn,
    noon: datetime,
) -> None:
    request = ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)
    stranger = CapabilityProfileFactory.create()
    outsider = MembershipFactory.create(company=stranger.company).user

    answers = [
        as_(alice).post(f"/partners/{request.pk}/answer/", {"answer": "yes"}),
        as_(outsider).post(f"/partners/{request.pk}/answer/", {"answer": "yes"}),
        as_(outsider).post(f"/partners/{request.pk}/withdraw/"),
        as_(charlie).post(f"/partners/{request.pk}/withdraw/"),
        as_(charlie).post(f"/partners/{request.pk}/answer/", {"answer": "perhaps"}),
    ]

    assert {answer.status_code for answer in answers} == {404}
    request.refresh_from_db()
    assert request.is_open


def test_a_sign_means_one_company_to_one_asker_for_one_tender(
    tender: Opportunity, ours: CapabilityProfile, theirs: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    other = OpportunityFactory.create(is_joint_venture_allowed=True)
    for profile in (ours, theirs):
        MatchFactory.create(profile=profile, opportunity=other)
    sign = the_sign(ours, tender)

    assert candidate_with(sign, profile=ours, opportunity=tender) == theirs
    assert candidate_with(sign, profile=ours, opportunity=other) is None
    assert as_(alice).post(f"/partners/ask/{other.pk}/{sign}/").status_code == 404
    assert as_(alice).post(f"/partners/ask/{tender.pk}/{'0' * 24}/").status_code == 404


@pytest.mark.parametrize(
    ("rule", "is_meant"),
    [
        ({"audience_domains": ["lighting"]}, True),
        ({"audience_domains": ["traffic"]}, False),
        ({"audience_regions": ["14"]}, True),
        ({"audience_domains": ["lighting"], "audience_regions": ["12"]}, False),
    ],
)
def test_only_who_may_know_of_a_tender_is_proposed_for_it(
    rule: dict[str, list[str]],
    tender: Opportunity,
    ours: CapabilityProfile,
    theirs: CapabilityProfile,
    *,
    is_meant: bool,
) -> None:
    sign = the_sign(ours, tender)
    Company.objects.filter(pk=theirs.company_id).update(domains=["lighting"], region="14")
    Opportunity.objects.filter(pk=tender.pk).update(**rule)
    tender.refresh_from_db()

    proposals = teaming_for(ours, tender, now=timezone.now()).proposals

    assert bool(proposals) == is_meant
    assert (candidate_with(sign, profile=ours, opportunity=tender) == theirs) == is_meant


def test_nobody_is_asked_about_what_is_not_disclosed(
    tender: Opportunity, ours: CapabilityProfile, theirs: CapabilityProfile, alice: User, as_: SignIn
) -> None:
    sign = the_sign(ours, tender)
    Opportunity.objects.filter(pk=tender.pk).update(disclosed_from=None)

    assert as_(alice).post(f"/partners/ask/{tender.pk}/{sign}/").status_code == 404
    assert as_(alice).get(f"/partners/for/{tender.pk}/").status_code == 404


def test_a_request_about_what_is_withdrawn_from_view_is_gone_too(
    tender: Opportunity,
    ours: CapabilityProfile,
    theirs: CapabilityProfile,
    alice: User,
    charlie: User,
    as_: SignIn,
    noon: datetime,
) -> None:
    ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)
    Opportunity.objects.filter(pk=tender.pk).update(disclosed_from=None)

    assert tender.title not in as_(charlie).get("/partners/").content.decode()


def test_asking_twice_is_asking_once(
    tender: Opportunity, ours: CapabilityProfile, theirs: CapabilityProfile, alice: User, noon: datetime
) -> None:
    first = ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)
    withdraw_partner_request(first.pk, now=noon)
    second = ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)
    third = ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)

    assert first.pk == second.pk == third.pk
    assert third.is_open


def test_what_the_guard_warned_of_is_kept_with_the_question(
    tender: Opportunity, ours: CapabilityProfile, theirs: CapabilityProfile, alice: User, noon: datetime
) -> None:
    plain = ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)
    assert plain.concerns == []
    withdraw_partner_request(plain.pk, now=noon)
    PartnerRequestFactory.create(opportunity=tender, asking=theirs, answered_at=noon, has_agreed=True)
    theirs.domains = ours.domains = ["traffic", "lighting"]
    theirs.save()

    asked_anew = ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)

    asked_anew.refresh_from_db()
    assert asked_anew.concerns == ["could_bid_alone", "substitutes", "in_other_team"]


def test_what_was_declined_cannot_be_asked_again(
    tender: Opportunity,
    ours: CapabilityProfile,
    theirs: CapabilityProfile,
    alice: User,
    charlie: User,
    noon: datetime,
) -> None:
    first = ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)
    answer_partner(first.pk, has_agreed=False, by=charlie, now=noon)
    withdraw_partner_request(first.pk, now=noon)

    again = ask_partner(tender.pk, asking=ours, asked=theirs, by=alice, now=noon)

    assert (again.pk, again.has_agreed, again.withdrawn_at) == (first.pk, False, None)


@pytest.mark.django_db(transaction=True)
def test_two_that_ask_each_other_at_once_have_agreed(
    tender: Opportunity,
    ours: CapabilityProfile,
    theirs: CapabilityProfile,
    alice: User,
    charlie: User,
    noon: datetime,
) -> None:
    pairs = [(ours, theirs, alice), (theirs, ours, charlie)] * 4

    at_once(lambda pair: ask_partner(tender.pk, asking=pair[0], asked=pair[1], by=pair[2], now=noon), pairs)

    assert [request.has_agreed for request in PartnerRequest.objects.all()] == [True]

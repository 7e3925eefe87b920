"""The office's view of the members: who has fallen silent and why, and which fields nobody answers for."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matching.models import CompletedProject
from matching.selectors.coverage import Answers, coverage
from matching.selectors.members import SILENT_AFTER, members
from opportunities.models import Opportunity
from opportunities.parsed_notice import Stage
from opportunities.services.search_entries import write_search_entries
from portal.accounts.models import Company, User
from tests.factories.accounts import CompanyFactory, MembershipFactory, UserFactory
from tests.factories.matching import (
    CapabilityProfileFactory,
    FollowFactory,
    LastLookFactory,
    MatchFactory,
    SubscriptionFactory,
    VerdictFactory,
)
from tests.factories.opportunities import OpportunityFactory

LONG_AGO = SILENT_AFTER + timedelta(days=1)


def _silent(now: datetime) -> list[str]:
    return [one.company.name for one in members() if one.is_silent(now)]


def _asked_for(domain: str, now: datetime, *, stage: Stage = Stage.TENDER) -> Opportunity:
    asked = OpportunityFactory.create(disclosed_from=now, submission_deadline=None, stage=stage.value)
    write_search_entries([asked.pk])
    asked.search_entry.domains = [domain]
    asked.search_entry.save()
    return asked


@pytest.fixture
def quiet(vallar: Company, alice: User, noon: datetime) -> Company:
    """Let in long ago, and never heard of since."""
    Company.objects.filter(pk=vallar.pk).update(approved_at=noon - LONG_AGO)
    return vallar


def test_a_company_without_a_sign_of_life_is_silent(quiet: Company, noon: datetime) -> None:
    assert _silent(noon) == [quiet.name]
    assert _silent(noon - timedelta(days=2)) == []


def test_a_log_in_breaks_the_silence(quiet: Company, alice: User, noon: datetime) -> None:
    User.objects.filter(pk=alice.pk).update(last_login=noon)

    assert _silent(noon) == []


def test_each_act_breaks_the_silence(quiet: Company, alice: User, noon: datetime) -> None:
    profile = CapabilityProfileFactory.create(company=quiet)
    seen = []
    for act in (
        lambda: LastLookFactory.create(person=alice, looked_at=noon),
        lambda: FollowFactory.create(company=quiet, by=alice, created_at=noon),
        lambda: VerdictFactory.create(profile=profile, person=alice, given_at=noon),
    ):
        row = act()
        seen.append(_silent(noon))
        row.delete()

    assert seen == [[], [], []]
    assert _silent(noon) == [quiet.name]


def test_a_company_that_waits_for_approval_is_not_silent(noon: datetime, db: None) -> None:
    CompanyFactory.create(approved_at=None)

    assert _silent(noon) == []


def test_signs_of_life_are_those_of_the_company_alone(
    quiet: Company, alice: User, charlie: User, noon: datetime
) -> None:
    theirs = charlie.companies.get()
    FollowFactory.create(company=theirs, by=charlie, created_at=noon)
    LastLookFactory.create(person=charlie, looked_at=noon)

    by_name = {one.company.name: one for one in members()}

    assert (by_name[quiet.name].follows, by_name[quiet.name].last_act) == (0, None)
    assert (by_name[theirs.name].follows, by_name[theirs.name].last_act) == (1, noon)


def test_the_page_says_what_keeps_a_silent_member_away(
    client: Client, olga: User, quiet: Company, alice: User
) -> None:
    client.force_login(olga)

    page = client.get("/office/members/?show=silent").content.decode()

    assert quiet.name in page
    assert "Nobody of the company has ever logged in." in page
    assert "It has no profile, so nothing can be found for it." in page
    assert "Nobody of the company is sent a digest." in page
    assert "follow" in page


def test_the_page_names_nothing_that_a_member_follows(
    client: Client, olga: User, vallar: Company, alice: User
) -> None:
    followed = OpportunityFactory.create(title="Leak detection in ward 12")
    FollowFactory.create(company=vallar, by=alice, opportunity=followed)
    client.force_login(olga)

    assert followed.title not in client.get("/office/members/").content.decode()


def test_the_pages_ask_the_database_little(
    client: Client,
    olga: User,
    alice: User,
    charlie: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    now = timezone.now()
    for number in range(5):
        company = CompanyFactory.create()
        person = UserFactory.create()
        MembershipFactory.create(user=person, company=company)
        profile = CapabilityProfileFactory.create(company=company, domains=["water-supply"])
        SubscriptionFactory.create(user=person, profile=profile)
        MatchFactory.create(profile=profile, opportunity=_asked_for("water-supply", now), score=40 + number)
    client.force_login(olga)

    with django_assert_max_num_queries(9):
        client.get("/office/members/")
    with django_assert_max_num_queries(6):
        client.get("/office/members/coverage/")


def test_the_open_opportunities_that_a_company_finds_are_counted_once(
    client: Client, olga: User, vallar: Company
) -> None:
    found = OpportunityFactory.create()
    for name in ("Water", "Meters"):
        MatchFactory.create(
            profile=CapabilityProfileFactory.create(company=vallar, name=name), opportunity=found
        )
    client.force_login(olga)

    assert "1 open opportunity" in client.get("/office/members/").content.decode()


def test_a_field_that_is_asked_for_and_nobody_answers_stands_first(
    client: Client, olga: User, vallar: Company, noon: datetime
) -> None:
    profile = CapabilityProfileFactory.create(
        company=vallar, domains=["water-supply", "lighting"], may_lead_joint_venture=True
    )
    CompletedProject.objects.create(
        profile=profile, name="Meters", domains=["water-supply"], value_sek_millions=Decimal(2)
    )
    on_a_list = _asked_for("water-supply", noon)
    MatchFactory.create(profile=profile, opportunity=on_a_list, score=80)
    _asked_for("lighting", noon, stage=Stage.DPR)
    _asked_for("solid-waste", noon)

    rows = coverage(at=noon)

    assert [row.domain for row in rows[:3]] == ["solid-waste", "lighting", "water-supply"]
    waste, lighting, water = rows[:3]
    assert (waste.is_unanswered, waste.tenders, waste.unreached) == (True, 1, 1)
    assert [one.answers for one in lighting.members] == [Answers.SAYS]
    assert (lighting.tenders, lighting.early, lighting.leading) == (0, 1, 1)
    assert [one.answers for one in water.members] == [Answers.PROVES]
    assert (water.proving, water.unreached) == (1, 0)


def test_what_is_not_disclosed_is_not_asked_for(vallar: Company, noon: datetime) -> None:
    secret = _asked_for("solid-waste", noon)
    Opportunity.objects.filter(pk=secret.pk).update(disclosed_from=None)

    assert {row.asked for row in coverage(at=noon)} == {0}


def test_the_matrix_has_a_table_that_says_the_same(client: Client, olga: User, vallar: Company) -> None:
    CapabilityProfileFactory.create(company=vallar, domains=["solid-waste"])
    _asked_for("solid-waste", timezone.now())
    _asked_for("lighting", timezone.now())
    client.force_login(olga)

    page = client.get("/office/members/coverage/").content.decode()

    assert page.count('coverage__square--says" x=') == 2  # in its row, and in the key
    assert "Asked for, and nobody answers:" in page
    assert "<li>Vallar AB</li>" in page

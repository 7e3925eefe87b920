"""Who is told: by rule, from one instant on, and with a trace of every change."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db.models import Exists
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.models import CapabilityProfile
from opportunities.audience import EVERYONE, Audience, audience_of
from opportunities.errors import DisclosureDiffers
from opportunities.models import Disclosure, LedgerEntry, Opportunity
from opportunities.parsed_notice import NoticeKind
from opportunities.selectors import visible_opportunities, visible_opportunities_in
from opportunities.services import (
    correct_disclosure,
    describe_company,
    disclose_opportunity,
    merge_opportunities,
    record_notice,
    split_opportunity,
    withdraw_disclosure,
)
from portal.accounts.models import Company, User
from tests.factories.matching import CapabilityProfileFactory, SubscriptionFactory
from tests.factories.notices import parsed_notice
from tests.factories.opportunities import OpportunityFactory
from tests.integration.delivery.world import add_match, owe_and_send

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WATER = Audience(domains=("water-supply",))
SKANE = Audience(regions=("12",))


@pytest.fixture
def water(vallar: Company) -> CapabilityProfile:
    return CapabilityProfileFactory.create(company=vallar, name="Water")


@pytest.fixture
def hidden(db: None) -> Opportunity:
    return OpportunityFactory.create(disclosed_from=None)


def sees(company: Company, at: datetime) -> bool:
    company.refresh_from_db()
    return visible_opportunities(to=company, at=at).exists()


@pytest.mark.parametrize("rule", [WATER, SKANE, Audience(("water-supply",), ("12",))])
def test_whom_the_rule_means_sees_it_and_nobody_else(
    rule: Audience, hidden: Opportunity, vallar: Company, charlie: User, olga: User, noon: datetime
) -> None:
    describe_company(vallar.pk, by=olga, now=noon, domains=["wastewater", "water-supply"], region="12")

    disclose_opportunity(hidden.pk, from_=noon + HOUR, by=olga, now=noon, to=rule, because="Only water")

    assert [sees(vallar, noon), sees(vallar, noon + HOUR)] == [False, True]
    assert not sees(charlie.companies.get(), noon + HOUR)
    line = LedgerEntry.objects.get(kind="disclosed")
    assert (line.rule, line.visible_from, line.because) == (rule.as_rule(), noon + HOUR, "Only water")


def test_who_comes_to_fit_later_sees_it_from_then_on(
    hidden: Opportunity, vallar: Company, olga: User, noon: datetime
) -> None:
    disclose_opportunity(hidden.pk, from_=noon, by=olga, now=noon, to=SKANE)
    assert not sees(vallar, noon)

    describe_company(vallar.pk, by=olga, now=noon + HOUR, region="12")

    assert sees(vallar, noon + HOUR)
    assert LedgerEntry.objects.get(kind="described").details == {
        "domains": [],
        "region": "12",
        "before": {"domains": [], "region": ""},
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=st.builds(
        audience_of,
        st.lists(st.sampled_from(["a", "b", "c"]), max_size=2),
        st.lists(st.sampled_from(["01", "12"]), max_size=2),
    ),
    domains=st.lists(st.sampled_from(["a", "b", "c"]), max_size=2),
    region=st.sampled_from(["", "01", "12"]),
    is_approved=st.booleans(),
)
def test_the_door_means_what_the_rule_says_asked_for_one_or_for_many(
    rule: Audience,
    domains: list[str],
    region: str,
    *,
    is_approved: bool,
    hidden: Opportunity,
    water: CapabilityProfile,
    noon: datetime,
) -> None:
    sides = {"audience_domains": list(rule.domains), "audience_regions": list(rule.regions)}
    Opportunity.objects.filter(pk=hidden.pk).update(disclosed_from=noon, **sides)
    approved_at = noon if is_approved else None
    Company.objects.filter(pk=water.company_id).update(
        approved_at=approved_at, domains=domains, region=region
    )

    company = Company.objects.get(pk=water.company_id)
    of_many = CapabilityProfile.objects.filter(Exists(visible_opportunities_in("company", at=noon)))

    expected = is_approved and rule.includes(domains=domains, region=region)
    assert visible_opportunities(to=company, at=noon).exists() is expected
    assert of_many.exists() is expected


# Correcting and withdrawing


def test_a_correction_counts_from_now_and_leaves_a_trace(
    hidden: Opportunity, vallar: Company, olga: User, noon: datetime
) -> None:
    disclose_opportunity(hidden.pk, from_=noon, by=olga, now=noon, to=SKANE)

    for _ in range(2):
        correct_disclosure(
            hidden.pk, from_=noon, to=EVERYONE, because="Concerns all", by=olga, now=noon + HOUR
        )

    assert [sees(vallar, noon), sees(vallar, noon + HOUR)] == [False, True]
    line = LedgerEntry.objects.get(kind="corrected")
    assert (line.visible_from, line.rule, line.because) == (noon + HOUR, {}, "Concerns all")
    assert line.details["before"] == {"visible_from": noon.isoformat(), "rule": {"regions": ["12"]}}
    assert [row.because for row in Disclosure.objects.order_by("pk")] == ["", "Concerns all"]


def test_a_later_moment_hides_it_until_then(
    hidden: Opportunity, vallar: Company, olga: User, noon: datetime
) -> None:
    disclose_opportunity(hidden.pk, from_=noon, by=olga, now=noon)

    correct_disclosure(
        hidden.pk, from_=noon + 2 * HOUR, to=EVERYONE, because="Too early", by=olga, now=noon + HOUR
    )

    assert [sees(vallar, noon + HOUR), sees(vallar, noon + 2 * HOUR)] == [False, True]


def test_what_is_not_disclosed_can_not_be_corrected(hidden: Opportunity, olga: User, noon: datetime) -> None:
    correct_disclosure(hidden.pk, from_=noon, to=EVERYONE, because="?", by=olga, now=noon)

    hidden.refresh_from_db()
    assert hidden.disclosed_from is None
    assert not LedgerEntry.objects.exists()


def test_withdrawing_says_why(hidden: Opportunity, vallar: Company, olga: User, noon: datetime) -> None:
    disclose_opportunity(hidden.pk, from_=noon, by=olga, now=noon, to=SKANE)

    withdraw_disclosure(hidden.pk, by=olga, now=noon + HOUR, because="Told in confidence")

    assert not sees(vallar, noon + HOUR)
    assert LedgerEntry.objects.get(kind="withdrawn").because == "Told in confidence"


# The clock alone


def test_list_and_mail_follow_the_clock_while_everyone_sleeps(
    alice: User, olga: User, noon: datetime
) -> None:
    profile = CapabilityProfileFactory.create(company=alice.companies.get())
    SubscriptionFactory.create(user=alice, profile=profile)
    match = add_match(profile, now=noon, title="Told by the clock", disclosed_from=None)
    released = noon + timedelta(days=1)
    disclose_opportunity(match.opportunity_id, from_=released, by=olga, now=noon)

    owe_and_send(noon.date(), now=noon)
    assert mail.outbox == []

    owe_and_send(released.date(), now=released)
    assert "Told by the clock" in str(mail.outbox[0].body)


# Merging what isn't seen alike


def early(number: int, noon: datetime) -> int:
    told = parsed_notice(number, process_id=f"{number}", kind=NoticeKind.PLANNING)
    return record_notice(told, seen_at=noon, now=noon).opportunity_id


def test_merging_shows_the_narrower_to_whom_the_wider_means_if_a_person_says_so(
    olga: User, noon: datetime
) -> None:
    one, other = early(1, noon), early(2, noon)
    disclose_opportunity(one, from_=noon, by=olga, now=noon, to=WATER)
    disclose_opportunity(other, from_=noon, by=olga, now=noon)

    with pytest.raises(DisclosureDiffers):
        merge_opportunities(one, other, by=olga, now=noon)
    merge = merge_opportunities(one, other, by=olga, may_disclose=True, now=noon)

    assert merge is not None
    assert Opportunity.objects.get(merged_into=None).audience == EVERYONE
    split_opportunity(merge.pk, by=olga, now=noon)
    assert {row.audience for row in Opportunity.objects.all()} == {EVERYONE}


def test_nobody_merges_what_different_members_see(olga: User, noon: datetime) -> None:
    one, other = early(1, noon), early(2, noon)
    disclose_opportunity(one, from_=noon, by=olga, now=noon, to=WATER)
    disclose_opportunity(other, from_=noon, by=olga, now=noon, to=SKANE)

    with pytest.raises(DisclosureDiffers):
        merge_opportunities(one, other, by=olga, may_disclose=True, now=noon)


def test_of_two_held_back_for_different_members_nobody_sees_what_they_become(
    olga: User, noon: datetime
) -> None:
    one, other = early(1, noon), early(2, noon)
    disclose_opportunity(one, from_=noon + HOUR, by=olga, now=noon, to=WATER)
    disclose_opportunity(other, from_=noon + HOUR, by=olga, now=noon, to=SKANE)

    merge = merge_opportunities(one, other, by=olga, now=noon)

    assert merge is not None
    assert Opportunity.objects.get(merged_into=None).disclosed_from is None
    split_opportunity(merge.pk, by=olga, now=noon)
    assert {row.audience for row in Opportunity.objects.all()} == {WATER, SKANE}

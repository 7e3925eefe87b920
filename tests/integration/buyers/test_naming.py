"""Every opportunity gets its buyer by its names, and what nobody knows waits for the office."""

from __future__ import annotations

from datetime import datetime

import pytest

from opportunities.buyers import KNOWN_BUYERS, BuyerKind
from opportunities.errors import NameTaken, NoName
from opportunities.models import Buyer, BuyerAlias, BuyerMemory, BuyerNaming, City, Opportunity
from opportunities.selectors import unknown_buyers
from opportunities.services import (
    add_buyer,
    describe_buyer,
    name_buyer_alias,
    name_buyers,
    record_notice,
    remove_buyer,
    remove_buyer_alias,
    set_aside_buyer_name,
    write_known_buyers,
)
from portal.accounts.models import User
from tests.at_once import at_once, held_by_another
from tests.factories.notices import parsed_notice
from tests.factories.opportunities import OpportunityFactory

HIMACHAL = "hptenders.example.org"
CHAIN = ["Directorate of Urban Development", "Solan Jal Nigam Ltd", "Executive Engineer Solan"]


def solan(**facts: object) -> Opportunity:
    return OpportunityFactory.create(
        publisher=HIMACHAL, buyer_name=CHAIN[-1], organisation_chain=CHAIN, city="", **facts
    )


def buyer_of(opportunity: Opportunity) -> str:
    naming = BuyerNaming.objects.select_related("buyer").get(pk=opportunity.pk)
    return naming.buyer.name if naming.buyer else ""


@pytest.mark.django_db
def test_a_city_company_is_known_by_any_of_its_names(noon: datetime) -> None:
    written = ["Pune Smart City Development Corporation Ltd", "PUNE SMART CITY LTD (PSCDCL)"]
    opportunities = [OpportunityFactory.create(buyer_name=name) for name in written]

    assert name_buyers(now=noon) == 2

    assert {buyer_of(one) for one in opportunities} == {"Pune Smart City Development Corporation Limited"}
    assert unknown_buyers() == []


@pytest.mark.django_db
def test_naming_twice_is_once(noon: datetime) -> None:
    OpportunityFactory.create()

    assert [name_buyers(now=noon), name_buyers(now=noon)] == [1, 0]
    assert write_known_buyers(now=noon) == 0
    assert (City.objects.count(), Buyer.objects.count()) == (100, len(KNOWN_BUYERS))


@pytest.mark.django_db
def test_a_corrigendum_that_names_another_buyer_counts(noon: datetime) -> None:
    record_notice(parsed_notice(buyer_name="Pune Municipal Corporation"), seen_at=noon, now=noon)
    name_buyers(now=noon)

    record_notice(parsed_notice(2, buyer_name="Nagpur Municipal Corporation"), seen_at=noon, now=noon)
    name_buyers(now=noon)

    assert buyer_of(Opportunity.objects.get()) == "Nagpur Municipal Corporation"


@pytest.mark.django_db
def test_what_nobody_knows_waits_with_a_guess(noon: datetime) -> None:
    one, other = solan(), solan()
    OpportunityFactory.create(buyer_name="Kochi Metro Rail Ltd", city="")
    OpportunityFactory.create(buyer_name="")

    name_buyers(now=noon)

    first, second = unknown_buyers()
    assert (first.name, first.publisher, first.opportunities) == (CHAIN[1], HIMACHAL, 2)
    assert (first.kind, first.city, first.latest_opportunity) == (BuyerKind.UTILITY, None, other.pk)
    assert second.city is not None
    assert (second.name, second.city.name) == ("Kochi Metro Rail Ltd", "Kochi")
    assert buyer_of(one) == ""
    assert len(unknown_buyers(most=1)) == 1


@pytest.mark.django_db
def test_the_office_adds_a_buyer_and_takes_it_away(noon: datetime, olga: User) -> None:
    opportunity = solan()
    name_buyers(now=noon)
    (unknown,) = unknown_buyers()

    facts = {"kind": BuyerKind.UTILITY, "state": "HP", "written": unknown.name, "publisher": HIMACHAL}
    buyer = add_buyer("Solan Water Company", by=olga, now=noon, **facts)  # type: ignore[arg-type]
    again = add_buyer("Solan Water Company", by=olga, now=noon, **facts)  # type: ignore[arg-type]
    name_buyers(now=noon)

    assert again == buyer
    assert buyer_of(opportunity) == "Solan Water Company"
    assert unknown_buyers() == []

    remove_buyer(buyer.pk, by=olga, now=noon)
    remove_buyer(buyer.pk, by=olga, now=noon)
    name_buyers(now=noon)

    assert buyer_of(opportunity) == ""
    assert [one.name for one in unknown_buyers()] == [unknown.name]


@pytest.mark.django_db
def test_a_name_is_given_to_a_buyer_and_taken_back(noon: datetime, olga: User) -> None:
    write_known_buyers(now=noon)
    shimla = Buyer.objects.get(slug="shimla-municipal")
    opportunity = solan()
    name_buyers(now=noon)

    alias = name_buyer_alias(shimla.pk, CHAIN[1], by=olga, now=noon)
    assert name_buyer_alias(shimla.pk, CHAIN[1], by=olga, now=noon) == alias
    name_buyers(now=noon)

    assert buyer_of(opportunity) == "Shimla Municipal Corporation"

    remove_buyer_alias(alias.pk, by=olga, now=noon)
    remove_buyer_alias(alias.pk, by=olga, now=noon)
    name_buyers(now=noon)

    assert buyer_of(opportunity) == ""


@pytest.mark.django_db
def test_a_name_that_is_set_aside_leaves_it_to_those_above(noon: datetime, olga: User) -> None:
    write_known_buyers(now=noon)
    above = add_buyer(CHAIN[0], kind=BuyerKind.STATE, state="HP", by=olga, now=noon)
    opportunity = solan()

    set_aside_buyer_name(CHAIN[1], by=olga, now=noon)
    set_aside_buyer_name(CHAIN[1], by=olga, now=noon)
    name_buyers(now=noon)

    assert buyer_of(opportunity) == above.name
    assert unknown_buyers() == []


@pytest.mark.django_db
def test_a_name_may_mean_a_buyer_at_one_portal_alone(noon: datetime, olga: User) -> None:
    here = OpportunityFactory.create(publisher=HIMACHAL, buyer_name="PWD")
    there = OpportunityFactory.create(publisher="assam.example.org", buyer_name="PWD")

    add_buyer("Himachal PWD", kind=BuyerKind.STATE, written="PWD", publisher=HIMACHAL, by=olga, now=noon)
    name_buyers(now=noon)

    assert [buyer_of(here), buyer_of(there)] == ["Himachal PWD", ""]


@pytest.mark.django_db
def test_a_name_means_one_buyer(noon: datetime, olga: User) -> None:
    write_known_buyers(now=noon)
    pune, thane = (Buyer.objects.get(slug=slug) for slug in ("pune-spv", "thane-spv"))

    with pytest.raises(NameTaken):
        name_buyer_alias(thane.pk, "Pune Smart City Ltd.", by=olga, now=noon)
    with pytest.raises(NameTaken):
        set_aside_buyer_name("Pune Smart City Ltd.", by=olga, now=noon)
    with pytest.raises(NoName):
        name_buyer_alias(pune.pk, "--", by=olga, now=noon)


@pytest.mark.django_db
def test_what_the_office_took_away_does_not_come_back(noon: datetime, olga: User) -> None:
    write_known_buyers(now=noon)
    alias = BuyerAlias.objects.get(name="Pune Smart City")
    described = describe_buyer(
        Buyer.objects.get(slug="pune-spv").pk, name="PSCDCL", kind=BuyerKind.OTHER, city=None, state="MH"
    )
    remove_buyer_alias(alias.pk, by=olga, now=noon)
    BuyerAlias.objects.filter(name="Thane Smart City Limited").delete()  # one that a newer Setu brings

    assert write_known_buyers(now=noon) == 1

    assert not BuyerAlias.objects.in_force().filter(key=alias.key).exists()
    assert Buyer.objects.get(slug="pune-spv").name == described.name == "PSCDCL"


@pytest.mark.django_db
def test_a_buyer_that_gains_or_loses_remembers_anew(noon: datetime) -> None:
    opportunity = OpportunityFactory.create(buyer_name="Pune Municipal Corporation")
    name_buyers(now=noon)
    BuyerMemory.objects.update(is_due=False)

    Opportunity.objects.filter(pk=opportunity.pk).update(buyer_name="Thane Municipal Corporation")
    BuyerNaming.objects.update(is_due=True)
    name_buyers(now=noon)

    due = BuyerMemory.objects.filter(is_due=True).values_list("buyer__slug", flat=True)
    assert set(due) == {"pune-municipal", "thane-municipal"}


@pytest.mark.django_db(transaction=True)
def test_what_another_is_naming_is_left_to_it(noon: datetime) -> None:
    OpportunityFactory.create()
    write_known_buyers(now=noon)

    with held_by_another(BuyerNaming.objects.all()):
        assert name_buyers(now=noon) == 0

    assert name_buyers(now=noon) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_name_and_add_at_once(noon: datetime, olga: User) -> None:
    for _ in range(12):
        solan()
    write_known_buyers(now=noon)

    def work(number: int) -> None:
        if number == 3:
            add_buyer(CHAIN[1], kind=BuyerKind.UTILITY, by=olga, now=noon)
        name_buyers(now=noon, most=2)

    at_once(work, range(16))
    name_buyers(now=noon)

    assert Buyer.objects.filter(namings__isnull=False).distinct().count() == 1
    assert BuyerNaming.objects.exclude(buyer=None).count() == 12

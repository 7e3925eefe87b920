"""Names as portals write them, and the body they mean."""

from __future__ import annotations

import pytest

from opportunities.buyers import KNOWN_BUYERS, BuyerKind, bodies_named, buyer_key, likely_kind
from opportunities.buyers.names import is_body, waiting_name
from opportunities.places import CITIES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Pune Smart City Development Corpn. Ltd",
            "Pune Smart City Development Corporation Limited (PSCDCL)",
        ),
        ("Municipal Corporation, Shimla", "Shimla Municipal Corporation"),
        ("Bangalore Smart City Ltd.", "BENGALURU SMART CITY LIMITED"),
        ("Municipal Council Solan - UDDHP", "Solan Municipal Council"),
        ("Corporation of the City of Panaji", "CORPORATION OF CITY OF PANJIM"),
    ],
)
def test_two_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert buyer_key(one) == buyer_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pune Smart City Ltd", "Pune Municipal Corporation"),
        ("PWD-BTC", "PWD-NH"),
        ("Aurangabad Nagar Parishad", "Chhatrapati Sambhajinagar Nagar Parishad"),  # another one, in Bihar
    ],
)
def test_two_bodies_do_not(one: str, other: str) -> None:
    assert buyer_key(one) != buyer_key(other)


def test_a_name_without_words_has_no_key() -> None:
    assert (buyer_key(" – / "), buyer_key("")) == ("", "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Shimla Jal Prabandhan Nigam Ltd", True),
        ("Department of Water Resources", True),
        ("Nagar Panchayat Dehra - UDDHP", True),
        ("Guwahati Circle-Guwahati-PHED", False),
        ("SE-Guwahati Circle-2 - PWBNH", False),
        ("Executive Engineer, Irrigation Department", False),
        ("DPO Solan", False),
    ],
)
def test_a_body_is_told_from_an_office_within_one(name: str, *, expected: bool) -> None:
    assert is_body(name) is expected


def test_the_nearest_name_comes_first_and_each_once() -> None:
    chain = ("Urban Development Department", "Guwahati Smart City Ltd", "Project Cell")

    assert bodies_named("Project Cell", chain) == ("Project Cell", *reversed(chain[:2]))


@pytest.mark.parametrize(
    ("names", "is_known", "asked"),
    [
        (("Project Cell", "Solan Jal Nigam", "Urban Development Department"), False, "Solan Jal Nigam"),
        (("Project Cell", "Home B"), False, "Home B"),  # none is called a body: the topmost
        (("Project Cell",), True, ""),  # an office within a body we know
        (("Solan Jal Nigam",), True, "Solan Jal Nigam"),  # a body of its own under one we know
        ((), False, ""),
    ],
)
def test_the_office_is_asked_about_the_nearest_body(
    names: tuple[str, ...], asked: str, *, is_known: bool
) -> None:
    assert waiting_name(names, is_known=is_known) == asked


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Smart City Ahmedabad Development Limited", BuyerKind.CITY_SPV),
        ("Nagar Nigam Kanpur", BuyerKind.MUNICIPAL),
        ("Mysuru City Corporation", BuyerKind.MUNICIPAL),
        ("Guwahati Metropolitan Development Authority", BuyerKind.AUTHORITY),
        ("Shimla Jal Prabandhan Nigam Ltd", BuyerKind.UTILITY),
        ("Public Works Roads Department", BuyerKind.STATE),
        ("National Highways Authority of India", BuyerKind.CENTRAL),
        ("Friends of the River", BuyerKind.OTHER),
    ],
)
def test_a_name_tells_its_kind(name: str, kind: BuyerKind) -> None:
    assert likely_kind(name) is kind


def test_every_city_has_its_company() -> None:
    companies = [buyer.city for buyer in KNOWN_BUYERS if buyer.kind is BuyerKind.CITY_SPV]

    assert sorted(companies) == sorted(city.name for city in CITIES)


def test_no_name_means_two_buyers() -> None:
    meant = {(buyer_key(name), buyer.slug) for buyer in KNOWN_BUYERS for name in (buyer.name, *buyer.also)}

    assert len(meant) == len({key for key, _ in meant})
    assert all(key for key, _ in meant)

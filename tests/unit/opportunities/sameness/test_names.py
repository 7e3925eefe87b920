from __future__ import annotations

import pytest

from opportunities.sameness.keys import (
    address_of,
    hosts_in,
    identity_keys,
    is_numbered_by_a_portal,
    tender_ids_in,
)
from opportunities.sameness.names import buyer_likeness, title_likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pune Smart City Development Corporation Limited", "Pune Smart City Development Corpn. Ltd"),
        ("Pune Smart City Development Corporation Limited", "PSCDCL"),
        ("Public Works Department", "PUBLIC WORKS DEPT."),
    ],
)
def test_spellings_of_one_buyer(one: str, other: str) -> None:
    assert buyer_likeness(one, other) >= 95
    assert buyer_likeness(other, one) == buyer_likeness(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pune Smart City Development Corporation Limited", "Nagpur Metro Rail Corporation Limited"),
        (
            "Pune Smart City Development Corporation Limited",
            "Nagpur Smart City Development Corporation Limited",
        ),
        ("Pune Smart City Development Corporation Limited", "Pune Municipal Corporation"),
        ("Public Works Department", "Irrigation Department"),
        ("", "Public Works Department"),
    ],
)
def test_two_buyers(one: str, other: str) -> None:
    assert buyer_likeness(one, other) < 80


def test_a_short_title_inside_a_long_one_is_nearly_it() -> None:
    whole = (
        "Supply, installation and five years O&M of SCADA and online water-quality sensors for water supply"
    )

    assert 90 < title_likeness("SCADA and online water-quality sensors for water supply", whole) < 99.5


def test_a_few_words_lie_inside_too_many_titles_to_say_anything() -> None:
    assert title_likeness("Street lights", "Maintenance of street lights and parks in the old town") < 60


def test_ids_are_found_wherever_they_stand() -> None:
    text = "Tender ID 2026_PSCDC_91000_1 (see 2026_DoIT_95_1), not 12026_PSCDC_91000_1 nor 2026_PSCDC_91000"

    assert tender_ids_in(text, None) == {"2026_pscdc_91000_1", "2026_doit_95_1"}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.city.example.org/tenders/14/", "city.example.org/tenders/14"),
        ("http://city.example.org/tender?id=14", "city.example.org/tender?id=14"),
        ("https://portal.example.org/nicgep/app?component=x&session=T&sp=Sabc", None),
        ("https://city.example.org/", None),
        ("mailto:office@example.org", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_an_address_counts_where_it_lasts_and_is_the_tender_s_own(
    url: str | None, address: str | None
) -> None:
    assert address_of(url) == address


def test_a_mail_address_names_no_host() -> None:
    assert hosts_in("Write to tenders@city.example.org or see www.portal.example.org.") == {
        "portal.example.org"
    }


@pytest.mark.parametrize(
    ("publisher", "process_id", "is_numbered"),
    [
        ("etenders.example.org", "17", True),
        ("upload", "2026_PSCDC_91000_1", True),
        ("cii", "CII-SC/2026-326/4", False),
        ("upload", "17", False),
    ],
)
def test_a_portal_s_number_is_the_tender_s_own(publisher: str, process_id: str, *, is_numbered: bool) -> None:
    assert is_numbered_by_a_portal(publisher, process_id) is is_numbered


def test_keys_are_sorted_and_each_stands_once() -> None:
    keys = identity_keys(["2026_A_1_1"], ["see 2026_A_1_1 and 2026_B_2_1", None], "https://a.example.org/t/1")

    assert keys == ["at:a.example.org/t/1", "id:2026_a_1_1", "id:2026_b_2_1"]

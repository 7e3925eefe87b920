from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from opportunities.projects.likeness import LinkGround, Side, link_likeness
from portal.lib.money import Money

PROJECT = Side(
    title="Reduction of non-revenue water in the core city",
    description="Leak detection with acoustic loggers, smart water meters and pressure management.",
    buyer_name="Madurai Smart City Limited",
    city="Madurai",
    state="TN",
    scheme="AMRUT 2.0",
    value=Money(Decimal(1_180_000_000), "INR"),
    domains=("water-supply",),
    begins=date(2027, 4, 1),
)
TENDER = Side(
    title="Non revenue water reduction: leak detection and pressure management, 12 zones",
    description="Supply of acoustic loggers and meters.",
    buyer_name="Madurai Smart City Ltd.",
    city="Madurai",
    state="TN",
    value=Money(Decimal(1_020_000_000), "INR"),
    domains=("sewage", "water-supply"),
    begins=date(2027, 5, 12),
)


def test_the_tender_of_a_project_is_worth_asking_about_and_says_why() -> None:
    found = link_likeness(PROJECT, TENDER)

    assert found.is_worth_asking
    assert {ground.ground for ground in found.grounds} == {
        LinkGround.CITY,
        LinkGround.BUYER,
        LinkGround.TITLE,
        LinkGround.SCOPE,
        LinkGround.DOMAIN,
        LinkGround.VALUE,
        LinkGround.TIME,
    }
    assert found.points == sum(ground.points for ground in found.grounds)
    words = next(ground.words for ground in found.grounds if ground.ground is LinkGround.TITLE)
    assert set(words) >= {"revenue", "water", "reduction"}


@pytest.mark.parametrize(
    "title",
    [
        "Supply of smart class rooms for 40 schools",
        "Annual maintenance of street lights",
        "Construction of a bus terminal",
    ],
)
def test_another_work_of_the_same_city_and_buyer_is_not(title: str) -> None:
    tender = replace(
        TENDER, title=title, description="As per the schedule of the corporation.", domains=("roads",)
    )

    assert not link_likeness(PROJECT, tender).is_worth_asking


def test_the_same_work_in_another_city_is_not() -> None:
    assert link_likeness(PROJECT, replace(TENDER, city="Salem")).points == 0


def test_where_a_city_is_not_told_the_state_has_to_agree() -> None:
    unplaced = replace(TENDER, city="")

    assert link_likeness(PROJECT, unplaced).is_worth_asking
    assert link_likeness(PROJECT, replace(unplaced, state="KL")).points == 0


def test_a_tender_that_came_long_before_was_foretold_is_less_likely() -> None:
    earlier = link_likeness(PROJECT, replace(TENDER, begins=date(2025, 1, 1)))

    assert LinkGround.TIME not in {ground.ground for ground in earlier.grounds}
    assert earlier.points < link_likeness(PROJECT, TENDER).points

"""What a project says in OC4IDS, as far as its own fields are concerned."""

from __future__ import annotations

from decimal import Decimal

from opportunities.exports.oc4ids import project
from opportunities.exports.oc4ids.sectors import SECTORS, sectors_of
from opportunities.exports.told import Json, ToldProject
from opportunities.projects.records import ProjectFacts, ProjectStatus
from portal.lib.money import Money
from tests.checks import shapes
from tests.factories.open_data import DISCLOSED, REPUBLISHER


def told_project(**facts: object) -> Json:
    known = ToldProject("cii", "48/2", DISCLOSED, ProjectFacts(**facts), ProjectStatus.PREPARATION)  # type: ignore[arg-type]
    return project(known, REPUBLISHER)


def test_a_part_of_a_sector_stands_with_the_whole() -> None:
    assert sectors_of(["traffic", "public-transport", "nobody's"]) == [
        "transport",
        "transport.road",
        "transport.urban",
    ]


def test_every_sector_is_one_of_the_standards() -> None:
    assert {code for slug in SECTORS for code in sectors_of([slug])} <= set(shapes.SECTORS)


def test_who_pays_and_how_far_an_estimate_reaches_stand_in_words() -> None:
    told = told_project(
        funding="The state, approved",
        value=Money(Decimal(80_000_000), "INR"),
        value_until=Money(Decimal(90_000_000), "INR"),
    )

    assert told["budget"] == {
        "amount": {"amount": 80_000_000, "currency": "INR"},
        "description": "The state, approved; Estimated at up to INR 90,000,000",
    }


def test_a_project_without_money_has_no_budget() -> None:
    assert "budget" not in told_project(title="Water meters")

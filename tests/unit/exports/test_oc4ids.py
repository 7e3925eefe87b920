"""What a project says in OC4IDS, as far as its own fields are concerned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from opportunities.exports.oc4ids import project
from opportunities.exports.oc4ids.sectors import SECTORS, sectors_of
from opportunities.exports.ocds.tender import day
from opportunities.exports.told import Json, ToldDocument, ToldProject
from opportunities.projects.documents import DocumentKind
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


def told_documents(*documents: ToldDocument) -> list[Json]:
    project_told = ToldProject(
        "cii", "48/2", DISCLOSED, ProjectFacts(), ProjectStatus.PREPARATION, documents=documents
    )
    return list(project(project_told, REPUBLISHER).get("documents", []))


def test_a_document_says_what_it_is_and_where_it_is_published() -> None:
    study = ToldDocument(
        DocumentKind.FEASIBILITY, "Water meters", "https://pmc.example.in/1.pdf", date(2026, 3, 31)
    )

    (told,) = told_documents(study)

    assert told == {
        "id": study.number,
        "documentType": "feasibilityStudy",
        "title": "Water meters",
        "url": "https://pmc.example.in/1.pdf",
        "datePublished": day(date(2026, 3, 31)),
    }


def test_every_kind_of_document_is_one_of_the_standards_but_for_any_other() -> None:
    told = told_documents(*(ToldDocument(kind, "A", f"https://example.in/{kind}") for kind in DocumentKind))

    assert {one.get("documentType") for one in told} == {*shapes.DOCUMENT_TYPES, None}


def test_a_document_whose_address_names_a_person_is_not_told() -> None:
    named = ToldDocument(
        DocumentKind.PLAN, "By Shri Ramesh Patil", "https://example.in/?to=r.patil@example.in"
    )
    harmless = ToldDocument(DocumentKind.PLAN, "By Shri Ramesh Patil", "https://example.in/plan")

    assert [one["title"] for one in told_documents(named, harmless)] == ["By [left out]"]


def test_a_project_without_money_has_no_budget() -> None:
    assert "budget" not in told_project(title="Water meters")

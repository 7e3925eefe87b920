from __future__ import annotations

import pytest

from opportunities.parsed_notice import RequirementKind
from tests.unit.ingest.reading.requirements.asked import read

CHOICE = [
    {"count": 1, "percent": 80},
    {"count": 2, "percent": 60},
    {"count": 3, "percent": 40},
]


@pytest.mark.parametrize(
    "sentence",
    [
        "Similar works in the last seven years: one of 80 %, two of 60 % or three of 40 % of "
        "the estimated cost.",
        "The bidder must have completed one similar work costing not less than 80% of the "
        "estimated cost, or two "
        "similar works costing not less than 60%, or three similar works costing not less than 40%.",
        "Bidder should have executed similar projects during the last 7 years: three works "
        "each of 40%, two works "
        "each of 60% or one work of 80% of the tender value.",
        "Experience of similar works (1 x 80%, 2 x 60%, 3 x 40%) is required.",
        "The firm shall have completed three (3) similar works each worth 40 per cent, or two "
        "(2) similar works each "
        "worth 60 per cent, or one (1) similar work worth 80 per cent of the estimate.",
    ],
)
def test_the_usual_choice_of_similar_works_is_read_whole(sentence: str) -> None:
    found = read(sentence, RequirementKind.EXPERIENCE)

    assert sorted(found, key=lambda one: str(one["count"])) == CHOICE


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "The bidder must have at least two similar projects of Rs. 20 crore each.",
            {"count": 2, "crore": 20},
        ),
        ("Should have implemented at least 2 smart city command centre projects in India.", {"count": 2}),
        ("The bidder must have executed similar work worth at least Rs. 40 crore.", {"crore": 40}),
        ("Minimum 5 years of experience in water metering.", {"years": 5}),
        ("The agency shall have at least five years' experience in SCADA systems.", {"years": 5}),
        ("The bidder should have experience of at least 7 years in LED street lighting.", {"years": 7}),
        ("The firm must have been in the business of CCTV surveillance for three years.", {"years": 3}),
        ("The bidder should have experience in similar works.", {}),
    ],
)
def test_experience_is_read_in_many_wordings(sentence: str, asked: dict[str, object]) -> None:
    assert read(sentence, RequirementKind.EXPERIENCE) == [asked]


@pytest.mark.parametrize(
    "sentence",
    [
        "The app must improve the commuter experience within 2 years.",
        "Design of an experience centre at the science park.",
        "The works shall be completed within 18 months.",
        "Phase one was completed at a cost of Rs. 40 crore.",
        "Areas that experienced flooding in the last 5 years shall be mapped.",
        "Trees of similar height must be planted.",
        "Five years of operation and maintenance are included.",
    ],
)
def test_other_experience_is_no_requirement(sentence: str) -> None:
    assert read(sentence, RequirementKind.EXPERIENCE) == []


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "The project manager must have at least 10 years of experience.",
            {"name": "project manager", "years": 10},
        ),
        (
            "The bidder shall have at least 50 technically qualified engineers on its payroll.",
            {"name": "qualified engineers", "count": 50},
        ),
        ("Minimum 20 full-time employees are required.", {"name": "employees", "count": 20}),
    ],
)
def test_people_are_read(sentence: str, asked: dict[str, object]) -> None:
    assert read(sentence, RequirementKind.MANPOWER) == [asked]
    assert read(sentence, RequirementKind.EXPERIENCE) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The works are supervised by the executive engineer.",
        "Training of at least 200 staff of the municipality is included.",
        "Hostel for the staff shall have at least 40 rooms.",
    ],
)
def test_other_people_are_no_requirement(sentence: str) -> None:
    assert read(sentence, RequirementKind.MANPOWER) == []

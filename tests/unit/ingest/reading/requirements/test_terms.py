"""Who may bid, with whom, and how much of it made in India."""

from __future__ import annotations

import pytest

from opportunities.parsed_notice import RequirementKind
from tests.unit.ingest.reading.requirements.asked import doubted, read


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("JV/consortium of up to three members is allowed.", {"is_allowed": True, "count": 3}),
        (
            "A consortium of maximum 3 (three) members is permitted, with the lead member holding "
            "at least 51%.",
            {"is_allowed": True, "count": 3, "percent": 51},
        ),
        ("Bidders may form a joint venture.", {"is_allowed": True}),
        ("Consortium: Allowed", {"is_allowed": True}),
        (
            "Joint ventures may bid; the lead partner must meet 50 per cent of the turnover.",
            {"is_allowed": True},
        ),
        ("The number of consortium members shall not exceed two partners.", {"is_allowed": True, "count": 2}),
        ("No JV.", {"is_allowed": False}),
        ("No joint venture or consortium is allowed.", {"is_allowed": False}),
        ("Consortium not permitted.", {"is_allowed": False}),
        ("JV/Consortium shall not be allowed.", {"is_allowed": False}),
        ("Bids from joint ventures will not be entertained.", {"is_allowed": False}),
        ("Consortium: No", {"is_allowed": False}),
        ("The bidder shall not bid in consortium with another firm.", {"is_allowed": False}),
        ("Consortium bidding is prohibited.", {"is_allowed": False}),
    ],
)
def test_a_clause_on_bidding_together_is_read(sentence: str, asked: dict[str, object]) -> None:
    (found,) = read(sentence, RequirementKind.JOINT_VENTURE)

    assert asked.items() <= found.items()


@pytest.mark.parametrize(
    "sentence",
    [
        "Extension of the JV College road.",
        "Training for a consortium of seven cities.",
        "The existing line was built by a joint venture of the state and the railways.",
    ],
)
def test_others_joint_ventures_are_no_clause(sentence: str) -> None:
    assert read(sentence, RequirementKind.JOINT_VENTURE) == []
    assert doubted(sentence) == {}


def test_a_clause_without_a_verdict_is_a_doubt() -> None:
    assert "bid together" in doubted("In case of JV, bidders refer to clause 4 of the RFP.")["joint_venture"]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Only Class-I local suppliers are eligible.", {"name": "Class-I local supplier"}),
        (
            "Only Class-I and Class-II local suppliers as per the PPP-MII order may bid.",
            {"name": "Class-I or Class-II local supplier"},
        ),
        ("Minimum local content of 50% is required.", {"percent": 50}),
        (
            "Class 2 local supplier with local content of at least 20 %.",
            {"percent": 20, "name": "Class-II local supplier"},
        ),
        ("Preference to Make in India order 2017 shall apply.", {"name": "PPP-MII preference"}),
    ],
)
def test_local_content_is_read(sentence: str, asked: dict[str, object]) -> None:
    assert read(sentence, RequirementKind.LOCAL_CONTENT) == [asked]


@pytest.mark.parametrize(
    "sentence",
    [
        "The app shall offer local content for the visitors of the city.",
        "Make in India week pavilion must be ready by March.",
        "Class I of the primary school shall get 50% of the desks.",
    ],
)
def test_other_local_content_is_no_requirement(sentence: str) -> None:
    assert read(sentence, RequirementKind.LOCAL_CONTENT) == []


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Any bidder from a country which shares a land border with India will be eligible "
            "only if registered "
            "with the Competent Authority.",
            {"name": "registration with the competent authority"},
        ),
        ("Restrictions under Rule 144(xi) of GFR 2017 shall apply.", {"unsure": True}),
        (
            "Bidders from countries sharing a land border with India are not eligible.",
            {"is_allowed": False},
        ),
    ],
)
def test_the_land_border_clause_is_read(sentence: str, asked: dict[str, object]) -> None:
    assert read(sentence, RequirementKind.LAND_BORDER) == [asked]


def test_a_road_to_the_border_is_no_clause() -> None:
    sentence = "Bridge on the Assam Nagaland border road must be rebuilt on the land border."

    assert read(sentence, RequirementKind.LAND_BORDER) == []


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "MSEs and start-ups are exempted from EMD.",
            [{"name": "MSE", "is_allowed": True}, {"name": "start-up", "is_allowed": True}],
        ),
        (
            "Startups recognised by DPIIT get relaxation of turnover and experience.",
            [{"name": "start-up", "is_allowed": True}],
        ),
        ("No exemption from EMD for MSMEs.", [{"name": "MSE", "is_allowed": False}]),
        ("Firms registered with NSIC are exempt from the tender fee.", [{"name": "MSE", "is_allowed": True}]),
    ],
)
def test_exemptions_are_read(sentence: str, asked: list[dict[str, object]]) -> None:
    assert read(sentence, RequirementKind.EXEMPTION) == asked


def test_a_tax_exemption_is_none() -> None:
    assert read("Income tax exemption certificates shall be filed.", RequirementKind.EXEMPTION) == []


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("A pre-bid meeting will be held on 12/01/2027 at 11:00 hrs.", None),
        ("A pre-bid meeting is held on 12/01/2027 at 11:00 hrs at the SPV's office.", "the SPV's office"),
        (
            "Pre-bid meeting: 17 December 2026, 11:00, in the Conference Hall, Municipal Corporation, Pune.",
            "the Conference Hall, Municipal Corporation, Pune",
        ),
        ("Pre-bid conference on 04-Jan-2027 11:00 AM through video conferencing.", "video conferencing"),
        ("Pre bid meeting at Town Hall, Surat on 5 January 2027.", "Town Hall, Surat"),
    ],
)
def test_a_meeting_is_read_with_its_place(sentence: str, place: str | None) -> None:
    assert read(sentence, RequirementKind.PREBID) == [{"name": place} if place else {}]


def test_questions_before_the_meeting_are_no_meeting() -> None:
    assert read("Pre-bid queries up to 5 January 2027.", RequirementKind.PREBID) == []

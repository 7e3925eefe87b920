from __future__ import annotations

import pytest

from opportunities.parsed_notice import RequirementKind
from tests.unit.ingest.reading.requirements.asked import doubted, read


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Average annual turnover of at least Rs. 15 Cr. in each of the last three FYs.",
            {"crore": 15, "years": 3},
        ),
        (
            "The bidder shall have an average annual financial turnover of not less than 30% of "
            "the estimated "
            "cost during the last three financial years.",
            {"percent": 30, "years": 3},
        ),
        ("Minimum turnover: ₹ 50 crore (last 3 years).", {"crore": 50, "years": 3}),
        ("The sole bidder must have an annual turnover of INR 2,50,00,000/- or more.", {"crore": 2.5}),
        (
            "Turnover should be at least Rs 100 crores in any one of the last five years.",
            {"crore": 100, "years": 5},
        ),
        ("The firm should have Rs. 8 crore of average annual turnover.", {"crore": 8}),
        ("Annual turnover of the bidder: Rs. 4.5 crore", {"crore": 4.5}),
        (
            "Applicants need an average turnover of USD 3 mn over the past three (3) audited years.",
            {"years": 3, "amount": "USD"},
        ),
        (
            "EMD of Rs. 12 lakh; average annual turnover of at least Rs. 20 crore is required.",
            {"crore": 20},
        ),
        ("Average annual turnover of Rs. 5 crore.", {"crore": 5, "unsure": True}),
    ],
)
def test_a_turnover_is_read_in_many_wordings(sentence: str, asked: dict[str, object]) -> None:
    (found,) = read(sentence, RequirementKind.TURNOVER)

    if "amount" in asked:
        assert (found["crore"], found["years"]) == ("USD 3000000", 3)
    else:
        assert found == asked


@pytest.mark.parametrize(
    "sentence",
    [
        "The turnover of the city bus fleet must fall by 20% within two years.",
        "Staff turnover shall not exceed 10% a year.",
        "Sensors shall report the parking turnover of at least 30% of all bays.",
        "The contractor shall turn over the soil at least three times.",
        "The contractor shall pay turnover tax of 1%.",
        "Design of an air turnover system for at least 12 halls.",
    ],
)
def test_what_else_turns_over_is_no_requirement(sentence: str) -> None:
    assert read(sentence, RequirementKind.TURNOVER) == []
    assert doubted(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The bidder must show the annual turnover of three years.", "not for how much"),
        ("The bidder should have an annual turnover of Rs. 10-15 crore.", "range"),
    ],
)
def test_a_turnover_that_cannot_be_read_is_a_doubt(sentence: str, reason: str) -> None:
    assert reason in doubted(sentence)["turnover"]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "The bidder should have a positive net worth in the last three financial years.",
            {"name": "positive", "years": 3},
        ),
        ("Net worth of the bidder shall be positive as on 31 March 2026.", {"name": "positive"}),
        (
            "An average turnover of Rs. 32 Cr. and a positive net worth are required.",
            {"name": "positive"},
        ),
        ("Net-worth of not less than Rs. 25 crore as per the last audited balance sheet.", {"crore": 25}),
        ("The applicant must have a net worth of at least 10% of the project cost.", {"percent": 10}),
    ],
)
def test_a_net_worth_is_read(sentence: str, asked: dict[str, object]) -> None:
    assert read(sentence, RequirementKind.NET_WORTH) == [asked]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "The bidder shall furnish a solvency certificate of not less than Rs. 3 crore from a "
            "scheduled bank.",
            {"crore": 3},
        ),
        ("Bank solvency of 40% of the estimated cost is required.", {"percent": 40}),
        ("Bidders must attach a solvency certificate.", {"name": "certificate", "unsure": True}),
    ],
)
def test_a_solvency_is_read(sentence: str, asked: dict[str, object]) -> None:
    assert read(sentence, RequirementKind.SOLVENCY) == [asked]


@pytest.mark.parametrize(
    "sentence",
    [
        "The bidder should not be under insolvency proceedings.",
        "Solvent extraction unit at the animal feed plant.",
    ],
)
def test_insolvency_is_another_matter(sentence: str) -> None:
    assert read(sentence, RequirementKind.SOLVENCY) == []


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("EMD: Rs. 2,90,00,000/-", {"crore": 2.9}),
        ("An earnest money deposit of Rs. 5 lakh must accompany the bid.", {"crore": 0.05}),
        ("Bid security of 2% of the estimated cost is payable online.", {"percent": 2}),
        ("A bid security declaration is accepted in lieu of EMD.", {"name": "declaration"}),
        ("EMD Rs 12 lakh, tender fee Rs 25,000.", {"crore": 0.12}),
    ],
)
def test_an_emd_is_read(sentence: str, asked: dict[str, object]) -> None:
    assert read(sentence, RequirementKind.BID_SECURITY) == [asked]


@pytest.mark.parametrize(
    "sentence",
    [
        "EMD as per the NIT.",
        "The EMD of losing bidders is returned within 30 days.",
        "Performance security of 5%.",
    ],
)
def test_an_emd_without_a_figure_says_nothing(sentence: str) -> None:
    assert read(sentence, RequirementKind.BID_SECURITY) == []


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Tender fee of Rs. 25,000 (non-refundable).", {"crore": 0.0025}),
        ("Cost of the tender document: ₹ 50,000", {"crore": 0.005}),
        ("EMD Rs 12 lakh, tender fee Rs 25,000.", {"crore": 0.0025}),
        ("A processing fee of Rs. 5,900 is payable to the portal.", {"crore": 0.00059}),
    ],
)
def test_a_fee_is_read(sentence: str, asked: dict[str, object]) -> None:
    assert read(sentence, RequirementKind.DOCUMENT_FEE) == [asked]


def test_a_consultants_fee_is_no_tender_fee() -> None:
    assert read("The consultant's fee is Rs. 2 crore.", RequirementKind.DOCUMENT_FEE) == []

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.bidding.eligibility.assess import assess
from matching.bidding.eligibility.certificates import is_same_certificate
from matching.bidding.eligibility.records import Answer, Finding, FixKind, may_bid
from matching.bidding.records import Bidder, Call, Presence, Signature, TeamRole
from opportunities.parsed_notice import Requirement, RequirementKind
from portal.lib.money import Money
from tests.factories.bidders import a_bidder, a_call, a_project, asks, crore

K = RequirementKind


def only(call: Call, bidder: Bidder) -> Finding:
    [finding] = assess(call, bidder)
    return finding


def test_what_is_missing_in_turnover_is_told_in_both_currencies() -> None:
    call = a_call(asks(K.TURNOVER, amount=crore(50), years=3))

    finding = only(call, a_bidder(crore_turnover=31))

    assert finding.answer is Answer.TEAM
    fix = finding.judgement.fix
    assert fix is not None
    assert (fix.kind, fix.rupees) == (FixKind.PARTNER_WITH_TURNOVER, crore(19))
    assert fix.kronor == Money(Decimal(23_750_000), "SEK")


def test_turnover_counts_over_the_years_that_are_asked() -> None:
    years = ((2025, crore(90)), (2024, crore(30)), (2023, crore(30)), (2022, crore(2)))
    call = a_call(asks(K.TURNOVER, amount=crore(50), years=3))

    assert only(call, a_bidder(turnovers=years)).answer is Answer.MET


def test_turnover_in_kronor_is_compared_in_rupees() -> None:
    call = a_call(asks(K.TURNOVER, amount=crore(50)))
    bidder = a_bidder(turnover=Money(Decimal(62_500_000), "SEK"))  # 50 crore to the rupee

    assert only(call, bidder).answer is Answer.MET


def test_a_share_is_of_the_tenders_value() -> None:
    call = a_call(asks(K.TURNOVER, share=Decimal("0.3")))

    assert only(call, a_bidder(crore_turnover=30)).answer is Answer.MET
    assert only(call, a_bidder(crore_turnover=29)).answer is Answer.TEAM


def test_a_share_of_a_value_nobody_states_is_unknown() -> None:
    call = a_call(asks(K.TURNOVER, share=Decimal("0.3")), value=None)

    assert only(call, a_bidder()).answer is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("allowed", "role", "answer"),
    [
        (True, TeamRole.PARTNER, Answer.TEAM),
        (True, TeamRole.NONE, Answer.GAP),
        (False, TeamRole.LEAD, Answer.GAP),
        (None, TeamRole.LEAD, Answer.GAP),  # a tender that is silent allows nothing
    ],
)
def test_partners_help_where_the_tender_and_the_company_want_them(
    allowed: bool | None,  # noqa: FBT001  # a column of the table above
    role: TeamRole,
    answer: Answer,
) -> None:
    call = a_call(asks(K.TURNOVER, amount=crore(50)), is_joint_venture_allowed=allowed)

    assert only(call, a_bidder(crore_turnover=5, role=role)).answer is answer


def test_a_clause_outweighs_the_fact() -> None:
    forbids = asks(K.JOINT_VENTURE, "Consortium is not allowed.", is_allowed=False)
    call = a_call(asks(K.TURNOVER, amount=crore(50)), forbids)

    answers = {finding.kind: finding.answer for finding in assess(call, a_bidder(crore_turnover=5))}

    assert answers == {K.TURNOVER: Answer.GAP, K.JOINT_VENTURE: Answer.NOTE}


def similar_works() -> tuple[Requirement, ...]:
    sentence = "One work of 80 %, two of 60 % or three of 40 % of the estimated cost in seven years."
    return tuple(
        asks(K.EXPERIENCE, sentence, share=Decimal(share), count=count, years=7)
        for share, count in (("0.8", 1), ("0.6", 2), ("0.4", 3))
    )


@pytest.mark.parametrize(
    ("projects", "answer"),
    [
        ([a_project(80)], Answer.MET),
        ([a_project(79)], Answer.TEAM),
        ([a_project(60), a_project(61)], Answer.MET),
        ([a_project(40), a_project(40), a_project(45)], Answer.MET),
        ([a_project(90, 2018)], Answer.TEAM),  # too long ago
        ([a_project(90, 2024, "lighting")], Answer.TEAM),  # another field
        ([a_project(None)], Answer.UNKNOWN),  # nobody told how large it was
        ([], Answer.UNKNOWN),
    ],
)
def test_one_way_to_meet_a_choice_is_enough(projects: list[Any], answer: Answer) -> None:
    finding = only(a_call(*similar_works()), a_bidder(projects=tuple(projects)))

    assert finding.answer is answer
    assert len(finding.requirements) == 3


@pytest.mark.parametrize(
    ("asked", "held", "same"),
    [
        ("ISO 27001", "ISO/IEC 27001:2022", True),
        ("ISO/IEC 27001:2013", "SS-EN ISO/IEC 27001", True),
        ("ISO 9001", "ISO 9001:2015 certification", True),
        ("ISO 9001", "ISO 90003", False),
        ("ISO 14001", "ISO 45001", False),
        ("CMMI Level 3", "CMMI 5", True),
        ("CMMI Level 5", "CMMI level 3", False),
        ("STQC", "stqc certified", True),
        ("BIS", "", False),
    ],
)
def test_a_certificate_is_the_same_however_it_is_written(asked: str, held: str, *, same: bool) -> None:
    assert is_same_certificate(asked, held) is same


def test_a_certificate_nobody_holds_is_a_gap_with_a_way_out() -> None:
    call = a_call(asks(K.CERTIFICATION, name="ISO 27001"), is_joint_venture_allowed=False)

    finding = only(call, a_bidder(certifications=("ISO 9001",)))

    assert finding.answer is Answer.GAP
    assert finding.judgement.fix is not None
    assert finding.judgement.fix.kind is FixKind.GET_CERTIFICATE


@pytest.mark.parametrize(
    ("name", "share", "answer"),
    [
        ("Class-I local supplier", "0.5", Answer.MET),
        ("Class-I local supplier", "0.3", Answer.TEAM),
        ("Class-II local supplier", "0.3", Answer.MET),
        ("Class-II local supplier", "0.1", Answer.TEAM),
        ("local supplier", "0.9", Answer.UNKNOWN),
    ],
)
def test_local_content_goes_by_class(name: str, share: str, answer: Answer) -> None:
    call = a_call(asks(K.LOCAL_CONTENT, name=name))

    assert only(call, a_bidder(local_content=Decimal(share))).answer is answer


def test_local_content_is_brought_up_where_the_notice_is_silent() -> None:
    finding = only(a_call(is_global=False), a_bidder())

    assert (finding.kind, finding.answer) == (K.LOCAL_CONTENT, Answer.NOTE)


def test_what_a_company_has_not_told_is_never_a_gap() -> None:
    kinds: list[tuple[K, dict[str, Any]]] = [
        (K.TURNOVER, {"amount": crore(5)}),
        (K.NET_WORTH, {"amount": crore(5)}),
        (K.EXPERIENCE, {"years": 5}),
        (K.EXPERIENCE, {"count": 1, "amount": crore(5)}),
        (K.CERTIFICATION, {"name": "ISO 9001"}),
        (K.MANPOWER, {"count": 20}),
        (K.REGISTRATION, {"name": "GST"}),
        (K.LOCAL_CONTENT, {"share": Decimal("0.5")}),
        (K.SOLVENCY, {"amount": crore(5)}),
    ]
    call = a_call(*(asks(kind, f"{number}", **facts) for number, (kind, facts) in enumerate(kinds)))

    findings = assess(call, a_bidder(crore_turnover=None))

    assert {finding.answer for finding in findings} == {Answer.UNKNOWN}
    assert may_bid(findings) is Answer.UNKNOWN


def test_a_deposit_stated_as_a_fact_is_to_be_paid() -> None:
    call = a_call(bid_security=crore(2))

    finding = only(call, a_bidder())

    assert (finding.kind, finding.answer) == (K.BID_SECURITY, Answer.TO_DO)
    assert finding.judgement.fix is not None
    assert finding.judgement.fix.kronor == Money(Decimal(2_500_000), "SEK")


def test_a_sentence_about_the_deposit_replaces_the_fact() -> None:
    call = a_call(asks(K.BID_SECURITY, "EMD of Rs. 3 crore.", amount=crore(3)), bid_security=crore(2))

    assert only(call, a_bidder()).judgement.asked.money == crore(3)


@pytest.mark.parametrize(("signature", "answer"), [(Signature.HELD, Answer.MET), ("", Answer.TO_DO)])
def test_bids_on_a_portal_are_signed(signature: str, answer: Answer) -> None:
    bidder = a_bidder(signature=Signature(signature))

    assert only(a_call(is_online=True), bidder).answer is answer


def test_an_indian_registration_needs_someone_in_india() -> None:
    call = a_call(asks(K.REGISTRATION, name="GST"))

    assert only(call, a_bidder(presence=Presence.NONE)).answer is Answer.TEAM
    assert only(call, a_bidder(presence=Presence.SUBSIDIARY)).answer is Answer.UNKNOWN


def test_a_reading_in_doubt_is_marked() -> None:
    call = a_call(asks(K.TURNOVER, amount=crore(50), confidence=0.6))

    assert not only(call, a_bidder()).is_sure


def test_what_stops_a_bid_comes_first() -> None:
    call = a_call(
        asks(K.LAND_BORDER),
        asks(K.CERTIFICATION, name="STQC"),
        asks(K.TURNOVER, amount=crore(1)),
        is_joint_venture_allowed=False,
        bid_security=crore(1),
    )

    findings = assess(call, a_bidder(certifications=("ISO 9001",)))

    assert [finding.answer for finding in findings] == [
        Answer.GAP,
        Answer.TO_DO,
        Answer.MET,
        Answer.MET,
    ]
    assert may_bid(findings) is Answer.GAP


@given(
    asked=st.decimals(0, 10_000, places=2, allow_nan=False),
    has=st.decimals(0, 10_000, places=2, allow_nan=False),
    more=st.decimals(0, 10_000, places=2, allow_nan=False),
)
def test_more_turnover_never_makes_it_worse(asked: Decimal, has: Decimal, more: Decimal) -> None:
    call = a_call(asks(K.TURNOVER, amount=Money(asked, "INR")), is_joint_venture_allowed=False)

    before = only(call, a_bidder(turnover=Money(has, "INR"))).answer
    after = only(call, a_bidder(turnover=Money(has + more, "INR"))).answer

    assert not (before is Answer.MET and after is Answer.GAP)
    assert (after is Answer.MET) == (has + more >= asked)

"""Whether a company can bid, and in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from matching.bidding.eligibility.records import Answer, Finding, Fix, FixKind, Judgement, Quantity
from matching.bidding.feasibility.records import Country, Outlook, Plan, PlannedStep, State, Step, StepName
from matching.bidding.test_beds import all_test_beds
from matching.bids import BidOutlook
from opportunities.parsed_notice import RequirementKind
from portal.gallery.made_up import LONG_WORD, NOW, crore, requirement
from portal.gallery.records import Example, Within


def examples() -> Iterator[Example]:
    findings = _findings()
    for state, finding in findings.items():
        yield Example("finding", state, {"finding": finding, "profile_id": 1}, Within.ANSWERS)
    steps = _steps()
    for planned in steps:
        state = f"{planned.step.name.value.replace('_', ' ')}, {planned.state.value}"
        yield Example("bid_step", state, {"planned": planned}, Within.ANSWERS)
    outlooks = {
        "a gap, and too late": BidOutlook(
            Answer.GAP, tuple(findings.values()), Plan(Outlook.WITH_PARTNER, steps)
        ),
        "nothing asked, no deadline": BidOutlook(Answer.UNKNOWN, (), Plan(Outlook.UNKNOWN)),
    }
    for state, outlook in outlooks.items():
        yield Example("bid_outlook", state, {"outlook": outlook, "profile_id": 1})
    beds = [(bed, bed.domains[:2]) for bed in all_test_beds()]
    yield Example("test_beds", "three", {"test_beds": beds})


def _finding(kind: RequirementKind, answer: Answer, **facts: Any) -> Finding:
    return Finding(kind, Judgement(answer, **facts), (requirement(kind),))


def _findings() -> dict[str, Finding]:
    missing = Fix(FixKind.PARTNER_WITH_TURNOVER, rupees=crore(22))
    certificate = _finding(
        RequirementKind.CERTIFICATION,
        Answer.UNKNOWN,
        asked=Quantity(text=LONG_WORD),
        fix=Fix(FixKind.COMPLETE_PROFILE),
    )
    return {
        "met by a team": _finding(
            RequirementKind.TURNOVER,
            Answer.TEAM,
            asked=Quantity(money=crore(40)),
            has=Quantity(money=crore(18)),
            fix=missing,
        ),
        "met": _finding(RequirementKind.NET_WORTH, Answer.MET, asked=Quantity(money=crore(5))),
        "a gap": _finding(
            RequirementKind.LOCAL_CONTENT,
            Answer.GAP,
            asked=Quantity(share=Decimal("0.5")),
            fix=Fix(FixKind.INDIAN_SUPPLIER, quantity=Quantity(share=Decimal("0.2"))),
        ),
        "to do": _finding(RequirementKind.DIGITAL_SIGNATURE, Answer.TO_DO, fix=Fix(FixKind.GET_SIGNATURE)),
        "unknown, long, unsure": replace(certificate, is_sure=False),
        "a note without a sentence": Finding(RequirementKind.LAND_BORDER, Judgement(Answer.NOTE)),
    }


def _steps() -> tuple[PlannedStep, ...]:
    today = NOW.date()
    ask = Step(StepName.ASK, Country.SWEDEN, 2, is_essential=False)
    sign = Step(StepName.SIGNATURE, Country.INDIA, 10, is_spared_by_partner=True)
    hand_in = Step(StepName.HAND_IN, Country.INDIA, 2)
    holiday = (today + timedelta(days=3),)
    return (
        PlannedStep(sign, today - timedelta(days=4), today + timedelta(days=6), State.LATE, holiday, "MH"),
        PlannedStep(ask, today, today + timedelta(days=2), State.TIGHT),
        PlannedStep(hand_in, today + timedelta(days=5), today + timedelta(days=9), State.TIME),
    )

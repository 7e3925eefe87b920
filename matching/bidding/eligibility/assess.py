"""A tender's requirements against one bidder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from matching.bidding.eligibility import amounts, experience, standing
from matching.bidding.eligibility.records import (
    Answer,
    Case,
    Finding,
    Judgement,
    worst_first,
)
from matching.bidding.records import Bidder, Call, TeamRole
from opportunities.parsed_notice import CONFIDENT, Requirement, RequirementKind

_RULES: dict[RequirementKind, Callable[[Requirement, Case], Judgement]] = {
    RequirementKind.TURNOVER: amounts.turnover,
    RequirementKind.NET_WORTH: amounts.net_worth,
    RequirementKind.SOLVENCY: standing.solvency,
    RequirementKind.EXPERIENCE: experience.experience,
    RequirementKind.CERTIFICATION: standing.certification,
    RequirementKind.REGISTRATION: standing.registration,
    RequirementKind.MANPOWER: experience.manpower,
    RequirementKind.LOCAL_CONTENT: standing.local_content,
    RequirementKind.LAND_BORDER: standing.land_border,
    RequirementKind.JOINT_VENTURE: standing.joint_venture,
    RequirementKind.BID_SECURITY: amounts.bid_security,
    RequirementKind.DOCUMENT_FEE: amounts.document_fee,
    RequirementKind.EXEMPTION: standing.exemption,
    RequirementKind.PREBID: standing.prebid,
    RequirementKind.DIGITAL_SIGNATURE: standing.digital_signature,
    RequirementKind.HARD_COPY: standing.hard_copy,
}
# Choices a sentence leaves: any one of them will do.
_CHOICES = frozenset({RequirementKind.EXPERIENCE})
# Of several ways the most hopeful counts: one that may be open before one that needs partners.
_HOPE = (Answer.GAP, Answer.TEAM, Answer.UNKNOWN, Answer.TO_DO, Answer.NOTE, Answer.MET)


def assess(call: Call, bidder: Bidder) -> tuple[Finding, ...]:
    """Each requirement answered, what stops a bid first. Nothing is filtered: gaps are for showing.

    What the tender states as a fact (deposit, fee, that bids are signed) counts although no sentence asks.
    Partners can help where the tender allows them and the bidder would have them; a tender that is silent
    doesn't allow them, for the manuals of procurement ask that it be said.
    """
    may_team = call.is_team_allowed is True and bidder.role is not TeamRole.NONE
    case = Case(bidder, call, may_team=may_team)
    findings = [_finding(group, case) for group in _grouped(call.requirements)]
    findings += _from_facts({finding.kind for finding in findings}, case)
    return worst_first(findings)


def _grouped(requirements: tuple[Requirement, ...]) -> Iterator[tuple[Requirement, ...]]:
    def key(requirement: Requirement) -> tuple[str, ...]:
        return (
            requirement.topic if requirement.kind in _CHOICES else (*requirement.topic, requirement.sentence)
        )

    for _, group in groupby(sorted(requirements, key=key), key=key):
        yield tuple(group)


def _finding(alternatives: tuple[Requirement, ...], case: Case) -> Finding:
    rule = _RULES[alternatives[0].kind]
    judged = [(rule(requirement, case), requirement) for requirement in alternatives]
    best, by = max(judged, key=lambda pair: _HOPE.index(pair[0].answer))
    others = tuple(requirement for requirement in alternatives if requirement is not by)
    is_sure = all(requirement.confidence >= CONFIDENT for requirement in alternatives)
    return Finding(by.kind, best, (by, *others), is_sure=is_sure)


def _from_facts(asked: set[RequirementKind], case: Case) -> Iterator[Finding]:
    for kind, amount in (
        (RequirementKind.BID_SECURITY, case.terms.bid_security),
        (RequirementKind.DOCUMENT_FEE, case.terms.document_fee),
    ):
        if kind not in asked and amount is not None:
            yield Finding(kind, amounts.to_pay(amount, case))
    if RequirementKind.DIGITAL_SIGNATURE not in asked and case.terms.is_online:
        yield Finding(RequirementKind.DIGITAL_SIGNATURE, standing.signature(case))
    # Unless the whole world is invited, the order on local content applies though the notice is silent.
    if RequirementKind.LOCAL_CONTENT not in asked and not case.terms.is_global:
        yield Finding(RequirementKind.LOCAL_CONTENT, Judgement(Answer.NOTE))

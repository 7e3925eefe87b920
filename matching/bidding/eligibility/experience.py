"""What a bidder must have done before, and with how many people."""

from __future__ import annotations

from matching.bidding.eligibility.amounts import asked_amount
from matching.bidding.eligibility.records import Answer, Case, Fix, FixKind, Judgement, Quantity
from matching.bidding.records import CompletedProject
from opportunities.parsed_notice import Requirement
from portal.lib.money import Money

_COMPLETE = Fix(FixKind.COMPLETE_PROFILE)


def experience(requirement: Requirement, case: Case) -> Judgement:
    is_about_works = requirement.count is not None or requirement.share is not None or requirement.amount
    return _works(requirement, case) if is_about_works else _years(requirement, case)


def manpower(requirement: Requirement, case: Case) -> Judgement:
    asked, has = Quantity(count=requirement.count, text=requirement.name or ""), case.bidder.employees
    if requirement.count is None or requirement.name:
        # Staff of a certain training: only the company can tell.
        return Judgement(Answer.UNKNOWN, asked, Quantity(count=has))
    if has is None:
        return Judgement(Answer.UNKNOWN, asked, fix=_COMPLETE)
    if has >= requirement.count:
        return Judgement(Answer.MET, asked, Quantity(count=has))
    missing = Quantity(count=requirement.count - has)
    fix = Fix(FixKind.PARTNER_WITH_STAFF if case.may_team else FixKind.ASK_BUYER, quantity=missing)
    return Judgement(case.helped(), asked, Quantity(count=has), fix)


def _years(requirement: Requirement, case: Case) -> Judgement:
    asked, founded = Quantity(count=requirement.years), case.bidder.founded
    if requirement.years is None:
        return Judgement(Answer.UNKNOWN, asked)
    if founded is None:
        return Judgement(Answer.UNKNOWN, asked, fix=_COMPLETE)
    has = Quantity(count=max(0, case.terms.year - founded))
    if has.count is not None and has.count >= requirement.years:
        return Judgement(Answer.MET, asked, has)
    fix = Fix(FixKind.PARTNER_WITH_YEARS if case.may_team else FixKind.ASK_BUYER, quantity=asked)
    return Judgement(case.helped(), asked, has, fix)


def _works(requirement: Requirement, case: Case) -> Judgement:
    """Similar works of a size: those about the same field, though a buyer may see it more narrowly."""
    count, size = requirement.count or 1, asked_amount(requirement, case.terms)
    asked = Quantity(count=count, money=size, share=requirement.share)
    if not case.bidder.projects:
        return Judgement(Answer.UNKNOWN, asked, fix=_COMPLETE)
    if size is None and requirement.share is not None:
        return Judgement(Answer.UNKNOWN, asked)  # a share of a value that isn't stated
    judged = [_is_large_enough(project, size, case) for project in _similar(requirement, case)]
    if judged.count(True) >= count:
        return Judgement(Answer.MET, asked, Quantity(count=judged.count(True)))
    if judged.count(True) + judged.count(None) >= count:
        return Judgement(Answer.UNKNOWN, asked, Quantity(count=judged.count(True)), _COMPLETE)
    missing = Quantity(count=count - judged.count(True), money=size)
    fix = Fix(FixKind.PARTNER_WITH_WORKS if case.may_team else FixKind.ASK_BUYER, quantity=missing)
    return Judgement(case.helped(), asked, Quantity(count=judged.count(True)), fix)


def _similar(requirement: Requirement, case: Case) -> list[CompletedProject]:
    domains = set(case.terms.domains)
    first_year = case.terms.year - requirement.years if requirement.years is not None else None
    return [
        project
        for project in case.bidder.projects
        if domains & set(project.domains)
        and (first_year is None or project.year is None or project.year >= first_year)
    ]


def _is_large_enough(project: CompletedProject, size: Money | None, case: Case) -> bool | None:
    if size is None:
        return True
    if project.value is None:
        return None
    value = case.call.in_currency(project.value, size.currency)
    return None if value is None else value.amount >= size.amount

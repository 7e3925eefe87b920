"""Requirements that are a sum of money: turnover, net worth, deposits and fees."""

from __future__ import annotations

from matching.bidding.eligibility.records import Answer, Case, Fix, FixKind, Judgement, Quantity
from matching.bidding.records import Terms
from opportunities.parsed_notice import Requirement
from portal.lib.money import Money

USUAL_YEARS = 3  # over which turnover counts where the sentence doesn't say


def turnover(requirement: Requirement, case: Case) -> Judgement:
    has = case.bidder.mean_turnover(requirement.years or USUAL_YEARS)
    return _compared(requirement, has, case, FixKind.PARTNER_WITH_TURNOVER)


def net_worth(requirement: Requirement, case: Case) -> Judgement:
    return _compared(requirement, case.bidder.net_worth, case, FixKind.PARTNER_WITH_NET_WORTH)


def bid_security(requirement: Requirement, case: Case) -> Judgement:
    return to_pay(asked_amount(requirement, case.terms) or case.terms.bid_security, case)


def document_fee(requirement: Requirement, case: Case) -> Judgement:
    return to_pay(requirement.amount or case.terms.document_fee, case)


def to_pay(amount: Money | None, case: Case) -> Judgement:
    """A sum that anyone can pay who has it."""
    if amount is None or amount.amount <= 0:
        return Judgement(Answer.NOTE, Quantity(money=amount))
    return Judgement(Answer.TO_DO, Quantity(money=amount), fix=_fix(FixKind.PAY, amount, case))


def asked_amount(requirement: Requirement, terms: Terms) -> Money | None:
    """What is asked in money. A share is of the tender's value: None where that isn't stated."""
    if requirement.amount is not None:
        return requirement.amount
    if requirement.share is not None and terms.value is not None:
        return Money(terms.value.amount * requirement.share, terms.value.currency)
    return None


def _compared(requirement: Requirement, has: Money | None, case: Case, partner: FixKind) -> Judgement:
    asked = asked_amount(requirement, case.terms)
    wanted = Quantity(money=asked, share=requirement.share)
    if asked is None:
        return Judgement(Answer.UNKNOWN, wanted, Quantity(money=has))
    if has is None:
        return Judgement(Answer.UNKNOWN, wanted, fix=Fix(FixKind.COMPLETE_PROFILE))
    own = case.call.in_currency(has, asked.currency)
    if own is None:
        return Judgement(Answer.UNKNOWN, wanted, Quantity(money=has))
    if own.amount >= asked.amount:
        return Judgement(Answer.MET, wanted, Quantity(money=has))
    missing = Money(asked.amount - own.amount, asked.currency)
    fix = _fix(partner if case.may_team else FixKind.ASK_BUYER, missing, case)
    return Judgement(case.helped(), wanted, Quantity(money=has), fix)


def _fix(kind: FixKind, amount: Money, case: Case) -> Fix:
    return Fix(kind, case.call.in_currency(amount, "INR"), case.call.in_currency(amount, "SEK"))

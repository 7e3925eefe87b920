"""The answer to one requirement, as codes and values: a template words it in Swedish or English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from matching.bidding.records import Bidder, Call, Terms
from opportunities.parsed_notice import Requirement, RequirementKind
from portal.lib.money import Money


class Answer(StrEnum):
    MET = "met"
    TEAM = "team"  # not alone, but a joint venture is allowed and would meet it
    GAP = "gap"
    UNKNOWN = "unknown"  # the notice or the profile doesn't say enough
    TO_DO = "to_do"  # anyone can meet it, with time or money
    NOTE = "note"  # a term to know of; nothing to be met


class FixKind(StrEnum):
    """The cheapest thing that would help."""

    PARTNER_WITH_TURNOVER = "partner_with_turnover"  # amount: what is missing a year
    PARTNER_WITH_NET_WORTH = "partner_with_net_worth"
    PARTNER_WITH_WORKS = "partner_with_works"
    PARTNER_WITH_YEARS = "partner_with_years"
    PARTNER_WITH_CERTIFICATE = "partner_with_certificate"
    PARTNER_WITH_STAFF = "partner_with_staff"
    INDIAN_PARTNER = "indian_partner"
    INDIAN_SUPPLIER = "indian_supplier"  # share: local content missing
    GET_CERTIFICATE = "get_certificate"
    GET_SIGNATURE = "get_signature"
    PAY = "pay"  # amount: what is at stake or to be paid
    ASK_BUYER = "ask_buyer"  # whether a joint venture would be accepted
    COMPLETE_PROFILE = "complete_profile"
    SEND_PAPER = "send_paper"
    ATTEND = "attend"


@dataclass(frozen=True, slots=True)
class Quantity:
    """What was asked, or what the company has: the one that fits the kind is set."""

    money: Money | None = None
    count: int | None = None
    share: Decimal | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """``rupees`` and ``kronor`` are one amount in two currencies; None where it can't be told in money."""

    kind: FixKind
    rupees: Money | None = None
    kronor: Money | None = None
    quantity: Quantity = Quantity()


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule judges a requirement by."""

    bidder: Bidder
    call: Call
    may_team: bool  # a joint venture is allowed, and the bidder would enter one

    @property
    def terms(self) -> Terms:
        return self.call.terms

    def helped(self) -> Answer:
        """What it comes to if only partners could meet it."""
        return Answer.TEAM if self.may_team else Answer.GAP


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule says of one requirement."""

    answer: Answer
    asked: Quantity = Quantity()
    has: Quantity = Quantity()
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement against one bidder.

    Where a sentence leaves a choice, ``requirements`` holds every way to meet it. A term that stands among
    the tender's facts and in no sentence has none.
    """

    kind: RequirementKind
    judgement: Judgement
    requirements: tuple[Requirement, ...] = ()
    is_sure: bool = True  # False: read with doubt, and not confirmed yet

    @property
    def answer(self) -> Answer:
        return self.judgement.answer

    @property
    def sentence(self) -> str:
        return self.requirements[0].sentence if self.requirements else ""

    @property
    def place(self) -> str:
        """Where the sentence stands, for a person."""
        return self.requirements[0].place if self.requirements else ""


# From what stops a bid to what is done already.
SEVERITY = (Answer.GAP, Answer.UNKNOWN, Answer.TEAM, Answer.TO_DO, Answer.NOTE, Answer.MET)


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: SEVERITY.index(finding.answer)))


def may_bid(findings: Iterable[Finding]) -> Answer:
    """The answer for the whole: a gap outweighs what isn't known, that a need for partners."""
    found = {finding.answer for finding in findings}
    for answer in (Answer.GAP, Answer.UNKNOWN, Answer.TEAM):
        if answer in found:
            return answer
    return Answer.MET

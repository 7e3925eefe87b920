"""Bidders and what is asked of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from matching.bidding.records import Bidder, Call, CompletedProject, TeamRole, Terms
from opportunities.parsed_notice import Requirement, RequirementKind
from portal.lib.money import CRORE, Money

RUPEES_A_KRONA = Decimal(8)


def exchange(money: Money, currency: str) -> Money | None:
    """Eight rupees to the krona, and nothing known of other currencies."""
    match money.currency, currency:
        case "SEK", "INR":
            return Money(money.amount * RUPEES_A_KRONA, "INR")
        case "INR", "SEK":
            return Money(money.amount / RUPEES_A_KRONA, "SEK")
        case _:
            return None


def crore(amount: float) -> Money:
    return Money(Decimal(str(amount)) * CRORE, "INR")


def a_bidder(key: int = 1, *, crore_turnover: float | None = 40, **facts: Any) -> Bidder:
    """A company that would lead a joint venture, has some turnover, and has told nothing else."""
    turnover = None if crore_turnover is None else crore(crore_turnover)
    return Bidder(key, **{"turnover": turnover, "role": TeamRole.LEAD, **facts})


def a_call(*requirements: Requirement, **terms: Any) -> Call:
    """A tender of 100 crore about traffic that says yes to joint ventures, unless told otherwise."""
    usual: dict[str, Any] = {
        "value": crore(100),
        "domains": ("traffic",),
        "is_joint_venture_allowed": True,
        "is_global": True,
        "is_online": False,
        "year": 2026,
    }
    return Call(requirements, Terms(**usual | terms), exchange)


def asks(kind: RequirementKind, sentence: str = "The bidder shall.", **facts: Any) -> Requirement:
    return Requirement(kind, sentence, **facts)


def a_project(crore_value: float | None, year: int | None = 2024, *domains: str) -> CompletedProject:
    value = None if crore_value is None else crore(crore_value)
    return CompletedProject("Signals in Borås", year, value, domains or ("traffic",))

"""Requirements, as a reader would find them in a sentence."""

from __future__ import annotations

from decimal import Decimal

from opportunities.parsed_notice import Requirement, RequirementKind
from portal.lib.money import CRORE, Money


def crore(amount: int) -> Money:
    return Money(amount * CRORE, "INR")


def turnover(amount: int, *, confidence: float = 0.95) -> Requirement:
    """That a bidder's turnover be so many crore."""
    return Requirement(
        RequirementKind.TURNOVER,
        f"Average annual turnover of at least Rs. {amount} crore in the last three years.",
        "item 1, line 4",
        amount=crore(amount),
        years=3,
        confidence=confidence,
    )


def certificate(name: str) -> Requirement:
    return Requirement(
        RequirementKind.CERTIFICATION, f"The bidder shall hold {name}.", "item 1, line 5", name=name
    )


def similar_works(count: int, share: str) -> Requirement:
    """That a bidder has done so many works of that share of the tender's value, or other combinations."""
    return Requirement(
        RequirementKind.EXPERIENCE,
        "One similar work of 80 %, two of 60 % or three of 40 % of the estimated cost.",
        "item 1, line 6",
        share=Decimal(share),
        count=count,
    )

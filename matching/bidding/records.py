"""Who would bid, and on what terms: what eligibility, feasibility and teams are judged from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from opportunities.parsed_notice import Requirement, RequirementKind
from portal.lib.money import Money

# An amount in another currency at the reference rate, or None where no rate is known.
Exchange = Callable[[Money, str], Money | None]


class Presence(StrEnum):
    """How a company stands in India."""

    UNKNOWN = ""
    NONE = "none"
    PARTNER = "partner"  # an agent or a distributor
    SUBSIDIARY = "subsidiary"  # a company or branch of its own, registered there


class Signature(StrEnum):
    """Whether it can sign on Indian portals: a Class 3 certificate from an Indian authority."""

    UNKNOWN = ""
    NONE = "none"
    HELD = "held"


class TeamRole(StrEnum):
    """What part it takes in a joint venture."""

    NONE = "none"  # bids alone or not at all
    PARTNER = "partner"
    LEAD = "lead"  # leads, or takes part


@dataclass(frozen=True, slots=True)
class CompletedProject:
    """A finished work that can be proved. ``domains`` are slugs of what it was about."""

    name: str
    year: int | None = None
    value: Money | None = None
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bidder:
    """A company as a buyer would examine it. ``None`` and empty mean that it hasn't told us."""

    key: int  # tells bidders apart; no name, so that nothing here can give one away
    turnovers: tuple[tuple[int, Money], ...] = ()  # year and turnover, latest first
    turnover: Money | None = None  # of a usual year, where years aren't told apart
    net_worth: Money | None = None
    founded: int | None = None
    employees: int | None = None
    certifications: tuple[str, ...] = ()
    projects: tuple[CompletedProject, ...] = ()
    domains: tuple[str, ...] = ()  # slugs of what it can do
    presence: Presence = Presence.UNKNOWN
    signature: Signature = Signature.UNKNOWN
    local_content: Decimal | None = None  # share of what it sells that is made in India, 0–1
    role: TeamRole = TeamRole.NONE

    def mean_turnover(self, years: int) -> Money | None:
        """The mean of its latest years, or the usual one; None where neither is told."""
        latest = self.turnovers[:years]
        currencies = {money.currency for _, money in latest}
        if latest and len(currencies) == 1:
            total = sum((money.amount for _, money in latest), Decimal(0))
            return Money(total / len(latest), currencies.pop())
        return self.turnover


@dataclass(frozen=True, slots=True)
class Terms:
    """What a tender says outside its clauses."""

    value: Money | None = None
    bid_security: Money | None = None
    document_fee: Money | None = None
    is_joint_venture_allowed: bool | None = None
    is_global: bool = False  # bidders from abroad are invited
    is_online: bool = True  # bids are handed in on a portal, signed
    domains: tuple[str, ...] = field(default=())  # slugs of what it is about
    year: int = 0  # in which it is judged


@dataclass(frozen=True, slots=True)
class Call:
    """All that a tender asks of a bidder, and the rates by which amounts are compared."""

    requirements: tuple[Requirement, ...]
    terms: Terms
    exchange: Exchange

    @property
    def is_team_allowed(self) -> bool | None:
        """What its clause says of joint ventures, else its facts; None where neither does."""
        clauses = [r for r in self.requirements if r.kind is RequirementKind.JOINT_VENTURE]
        stated = [clause.is_allowed for clause in clauses if clause.is_allowed is not None]
        return stated[-1] if stated else self.terms.is_joint_venture_allowed

    def in_currency(self, money: Money, currency: str) -> Money | None:
        return money if money.currency == currency else self.exchange(money, currency)

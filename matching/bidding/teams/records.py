"""A team that could bid together, what it covers, and what speaks against it. No names anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from matching.bidding.eligibility.records import Finding
from matching.bidding.records import Bidder
from opportunities.parsed_notice import RequirementKind


class Concern(StrEnum):
    """What competition law asks about a team. None forbids it; each has to have an answer."""

    COULD_BID_ALONE = "could_bid_alone"
    SUBSTITUTES = "substitutes"  # two members offer the same and nothing else
    IN_OTHER_TEAM = "in_other_team"  # a member is in another team for this tender


class MissingPartner(StrEnum):
    """The kind of partner that no member is."""

    INDIAN_LEAD = "indian_lead"
    INDIAN_COMPANY = "indian_company"
    INDIAN_SUPPLIER = "indian_supplier"
    CERTIFICATE_HOLDER = "certificate_holder"
    LARGER_COMPANY = "larger_company"
    EXPERIENCED_COMPANY = "experienced_company"
    SPECIALIST = "specialist"  # in a field that nobody covers


@dataclass(frozen=True, slots=True)
class Clause:
    """A tender's own terms for joint ventures, and what is usual where it says nothing of them."""

    is_allowed: bool | None
    most_members: int
    least_lead_share: Decimal  # of each limit in money
    least_member_share: Decimal
    is_stated: bool  # False: the usual numbers


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bidder and how well its profile fits this tender, 0–100."""

    bidder: Bidder
    score: int


@dataclass(frozen=True, slots=True)
class TeamConcern:
    concern: Concern
    members: tuple[int, ...]  # keys


@dataclass(frozen=True, slots=True)
class Missing:
    partner: MissingPartner
    kind: RequirementKind | None = None
    text: str = ""  # the certificate, the domain's slug


@dataclass(frozen=True, slots=True)
class Team:
    """Members by their keys, the one who leads first."""

    members: tuple[int, ...]
    findings: tuple[Finding, ...]
    domains: tuple[str, ...]  # of the tender's, those that a member can do
    uncovered: tuple[str, ...]  # of the tender's, those that none can do
    missing: tuple[Missing, ...]
    concerns: tuple[TeamConcern, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing

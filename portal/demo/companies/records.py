"""What is made up of a company: who it is, and what it says it can do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from matching.bidding.records import Presence, Signature
from matching.profile_drafts import ProfileDraft, StatedProject, StatedTurnover, latest_first
from portal.lib.money import CRORE

DemoProject = StatedProject


@dataclass(frozen=True, slots=True)
class DemoProfile:
    """A capability profile. Values are in crore rupees, turnover in millions of kronor."""

    name: str
    language: str
    summary: str
    domains: tuple[str, ...]  # slugs of matching.scoring.vocabulary
    capabilities: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    turnover: Decimal | None = None
    employees: int | None = None
    value_from: Decimal | None = None
    value_to: Decimal | None = None
    states: tuple[str, ...] = ()
    is_joint_venture_willing: bool = True
    may_lead_joint_venture: bool = False
    founded: int | None = None
    net_worth: Decimal | None = None
    turnovers: tuple[tuple[int, Decimal], ...] = ()
    projects: tuple[DemoProject, ...] = ()
    presence: Presence = Presence.NONE
    signature: Signature = Signature.NONE
    local_content_percent: int | None = None

    @property
    def draft(self) -> ProfileDraft:
        """As its owner would have written it on the page."""
        return ProfileDraft(
            name=self.name,
            language=self.language,
            summary=self.summary,
            capabilities=self.capabilities,
            domains=self.domains,
            references=self.references,
            certifications=self.certifications,
            turnover_sek_millions=self.turnover,
            turnovers=tuple(StatedTurnover(year, millions) for year, millions in self.turnovers),
            projects=latest_first(self.projects),
            employees=self.employees,
            value_from_inr=_crores(self.value_from),
            value_to_inr=_crores(self.value_to),
            states=self.states,
            is_joint_venture_willing=self.is_joint_venture_willing,
            may_lead_joint_venture=self.may_lead_joint_venture,
            founded_year=self.founded,
            net_worth_sek_millions=self.net_worth,
            indian_presence=self.presence,
            digital_signature=self.signature,
            local_content_percent=self.local_content_percent,
        )


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """A member. Numbers that begin with 4 are given to nobody."""

    name: str
    organisation_number: str
    joined: int  # days ago
    county: str  # see portal.accounts.counties; "": never told
    profile: DemoProfile | None  # None: it never wrote one
    silent_for: int = 0  # days in which nobody there has done anything


def _crores(number: Decimal | None) -> Decimal | None:
    return None if number is None else number * CRORE

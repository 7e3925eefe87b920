"""A profile as a person states it, apart from when it was scored and who saved it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matching.bidding.records import Presence, Signature
from matching.facing_records import wanted_by
from matching.models import CapabilityProfile
from matching.models import CompletedProject as ProjectRow
from matching.scoring.records import Wanted

# What a profile says of itself: one value, lines in the order they were told, choices in whatever order
PLAIN = (
    "name",
    "language",
    "summary",
    "turnover_sek_millions",
    "employees",
    "value_from_inr",
    "value_to_inr",
    "is_joint_venture_willing",
    "may_lead_joint_venture",
    "founded_year",
    "net_worth_sek_millions",
    "local_content_percent",
    "minimum_score",
)
LISTS = ("capabilities", "classification_codes", "references", "certifications")
SETS = ("domains", "states")


@dataclass(frozen=True, slots=True)
class StatedTurnover:
    year: int
    sek_millions: Decimal


@dataclass(frozen=True, slots=True)
class StatedProject:
    name: str
    completed_year: int | None = None
    value_sek_millions: Decimal | None = None
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """Everything a company says of itself in one profile. None and "" mean: not told."""

    name: str = ""
    language: str = "en"
    summary: str = ""
    capabilities: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    classification_codes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    turnover_sek_millions: Decimal | None = None
    turnovers: tuple[StatedTurnover, ...] = ()  # the latest first
    projects: tuple[StatedProject, ...] = ()  # the latest first
    employees: int | None = None
    value_from_inr: Decimal | None = None
    value_to_inr: Decimal | None = None
    states: tuple[str, ...] = ()
    is_joint_venture_willing: bool = False
    may_lead_joint_venture: bool = False
    founded_year: int | None = None
    net_worth_sek_millions: Decimal | None = None
    indian_presence: Presence = Presence.UNKNOWN
    digital_signature: Signature = Signature.UNKNOWN
    local_content_percent: int | None = None
    minimum_score: int = 35


def draft_of(profile: CapabilityProfile) -> ProfileDraft:
    """What a saved profile says. Two queries, unless its rows were fetched with it."""
    stated: dict[str, Any] = {name: getattr(profile, name) for name in PLAIN}
    stated |= {name: tuple(getattr(profile, name)) for name in LISTS}
    stated |= {name: tuple(sorted(getattr(profile, name))) for name in SETS}
    return ProfileDraft(
        **stated,
        indian_presence=Presence(profile.indian_presence),
        digital_signature=Signature(profile.digital_signature),
        turnovers=tuple(StatedTurnover(row.year, row.sek_millions) for row in profile.yearly_turnovers.all()),
        projects=latest_first(_stated(row) for row in profile.completed_projects.all()),
    )


def put_into(profile: CapabilityProfile, draft: ProfileDraft) -> CapabilityProfile:
    """The profile's own columns as the draft states them; neither saved nor its rows touched."""
    for name in (*PLAIN, "indian_presence", "digital_signature"):
        setattr(profile, name, getattr(draft, name))
    for name in (*LISTS, *SETS):
        setattr(profile, name, list(getattr(draft, name)))
    return profile


def wanted_in(draft: ProfileDraft) -> Wanted:
    """What of a draft the scorer would read."""
    return wanted_by(put_into(CapabilityProfile(), draft))


def latest_first(projects: Iterable[StatedProject]) -> tuple[StatedProject, ...]:
    return tuple(sorted(projects, key=lambda project: (-(project.completed_year or 0), project.name)))


def _stated(row: ProjectRow) -> StatedProject:
    return StatedProject(row.name, row.completed_year, row.value_sek_millions, tuple(sorted(row.domains)))

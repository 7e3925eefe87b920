from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from opportunities.compile import Change
from opportunities.parsed_notice import EARLY_STAGES, Stage
from portal.lib.money import Money


class ProjectStatus(StrEnum):
    """How far a project has come in the words of OC4IDS (code list projectStatus)."""

    IDENTIFICATION = "identification"
    PREPARATION = "preparation"
    IMPLEMENTATION = "implementation"  # which begins with procurement
    CANCELLED = "cancelled"


class Confidence(StrEnum):
    """How much can be built on an expected quarter."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


# At the market: bids, offers or qualifications are invited, or have been.
TENDERED_STAGES = frozenset(
    {
        Stage.EOI,
        Stage.RFQ,
        Stage.TENDER,
        Stage.TECHNICAL_EVALUATION,
        Stage.FINANCIAL_EVALUATION,
        Stage.AWARDED,
        Stage.RETENDERED,
    }
)


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """Facts about one project. ``None`` means "not stated", never "empty"."""

    title: str | None = None
    description: str | None = None
    stage: Stage | None = None
    buyer_name: str | None = None
    city: str | None = None
    state: str | None = None  # ISO 3166-2 part without "IN-"
    scheme: str | None = None
    funding: str | None = None  # who pays, and how far that is settled
    value: Money | None = None
    value_until: Money | None = None  # the upper end, where a range is told
    tender_expected_from: date | None = None  # first and last day of the quarter
    tender_expected_until: date | None = None
    confidence: Confidence | None = None  # in the expected quarter
    basis: str | None = None  # what the office rests it on, in its own words
    contact: str | None = None  # for the office's eyes alone


PROJECT_FACTS = tuple(field.name for field in fields(ProjectFacts))
# Told by notices as by the office: a later word counts, whoever says it.
TOLD_BY_NOTICES = (
    "title", "description", "stage", "buyer_name", "city", "state", "scheme", "value",
    "tender_expected_from", "tender_expected_until",
)  # fmt: skip
# The office alone says these.
OFFICE_ONLY = ("funding", "value_until", "confidence", "basis", "contact")
# Nobody but the office reads these.
OFFICE_EYES = frozenset({"contact"})


@dataclass(frozen=True, slots=True)
class Told:
    """What the office said of a project at a time. Its confidence is about the quarter it names with it."""

    at: datetime
    said: ProjectFacts


def is_before_tender(stage: Stage | None) -> bool:
    """Whether nothing has been tendered yet, nor called off."""
    return stage is None or stage in EARLY_STAGES or stage is Stage.RFI


def status_of(stage: Stage | None, *, is_tendered: bool) -> ProjectStatus:
    if stage is Stage.CANCELLED:
        return ProjectStatus.CANCELLED
    if is_tendered or stage in TENDERED_STAGES:
        return ProjectStatus.IMPLEMENTATION
    return ProjectStatus.IDENTIFICATION if stage in (None, Stage.IDENTIFIED) else ProjectStatus.PREPARATION


def diff_project(before: ProjectFacts, after: ProjectFacts) -> tuple[Change, ...]:
    return tuple(
        Change(name, was, now)
        for name in PROJECT_FACTS
        if (was := getattr(before, name)) != (now := getattr(after, name))
    )

"""What a profile finds, what it leaves untold, and what each missing piece would answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from matching.bidding.eligibility.records import Finding
from matching.models import CapabilityProfile, Match
from matching.selectors import matches_of
from opportunities.models import Requirement
from opportunities.parsed_notice import RequirementKind
from opportunities.selectors import visible_opportunities
from portal.accounts.models import Company

_ABOUT_WORKS = Q(count__isnull=False) | Q(share__isnull=False) | Q(amount__isnull=False)
# Which requirements each piece of a profile answers; the pieces are named as the form's fields.
_ASKED: dict[str, Q] = {
    "turnovers": Q(kind=RequirementKind.TURNOVER),
    "projects": Q(kind=RequirementKind.EXPERIENCE) & _ABOUT_WORKS,
    "certifications": Q(kind=RequirementKind.CERTIFICATION) & ~Q(name=""),
    "net_worth_sek_millions": Q(kind=RequirementKind.NET_WORTH),
    "founded_year": Q(kind=RequirementKind.EXPERIENCE, years__isnull=False) & ~_ABOUT_WORKS,
    "employees": Q(kind=RequirementKind.MANPOWER, count__isnull=False, name=""),
    "indian_presence": Q(kind=RequirementKind.REGISTRATION),
    "local_content_percent": Q(kind=RequirementKind.LOCAL_CONTENT),
    "digital_signature": Q(kind=RequirementKind.DIGITAL_SIGNATURE),
}
_ANSWERED_BY = {
    RequirementKind.TURNOVER: "turnovers",
    RequirementKind.CERTIFICATION: "certifications",
    RequirementKind.NET_WORTH: "net_worth_sek_millions",
    RequirementKind.MANPOWER: "employees",
    RequirementKind.REGISTRATION: "indian_presence",
    RequirementKind.LOCAL_CONTENT: "local_content_percent",
    RequirementKind.DIGITAL_SIGNATURE: "digital_signature",
}


@dataclass(frozen=True, slots=True)
class MissingPiece:
    """Something a profile doesn't tell, and what waits for it among the open tenders on its list."""

    field: str
    tenders: int
    requirements: int


def missing_pieces(profile: CapabilityProfile, *, at: datetime) -> list[MissingPiece]:
    """What isn't told, that which would answer most first. One query beside the profile's rows."""
    untold = [field for field in _ASKED if not _is_told(profile, field)]
    if not untold:
        return []
    asked = Requirement.objects.filter(opportunity__in=matches_of(profile, at=at).values("opportunity"))
    counted = asked.aggregate(
        **{f"{field}_t": Count("opportunity", filter=_ASKED[field], distinct=True) for field in untold},
        **{f"{field}_r": Count("pk", filter=_ASKED[field]) for field in untold},
    )
    pieces = [MissingPiece(field, counted[f"{field}_t"], counted[f"{field}_r"]) for field in untold]
    return sorted(pieces, key=lambda piece: -piece.tenders)


def share_told(profile: CapabilityProfile) -> tuple[int, int]:
    """Of the pieces that buyers ask about, how many are told, and how many there are."""
    return sum(_is_told(profile, field) for field in _ASKED), len(_ASKED)


def field_answering(finding: Finding) -> str:
    """The profile's field that would answer a requirement; "" where none would."""
    if finding.kind is not RequirementKind.EXPERIENCE:
        return _ANSWERED_BY.get(finding.kind, "")
    asked = finding.requirements[0] if finding.requirements else None
    about_years = asked and asked.count is None and asked.share is None and asked.amount is None
    return "founded_year" if about_years else "projects"


def match_counts(company: Company, *, at: datetime) -> dict[int, int]:
    """How many open opportunities each of a company's profiles finds, in one query."""
    visible = visible_opportunities(to=company, at=at).open_at(at)
    rows = (
        Match.objects.filter(
            profile__company=company, score__gte=F("profile__minimum_score"), opportunity__in=visible
        )
        .order_by()
        .values("profile")
        .annotate(count=Count("pk"))
        .values_list("profile", "count")
    )
    return dict(rows)


def _is_told(profile: CapabilityProfile, field: str) -> bool:
    if field == "turnovers":
        return profile.turnover_sek_millions is not None or bool(profile.yearly_turnovers.all())
    if field == "projects":
        return bool(profile.completed_projects.all())
    return getattr(profile, field) not in (None, "", [])

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from ingest.selectors import Origin, provenance_of
from opportunities.parsed_notice import Moment
from opportunities.project_selectors import project_on
from opportunities.selectors import (
    HistoryEntry,
    OpportunityLine,
    known_early_at,
    lines_of,
    opportunity_history,
    requirements_of,
    visible_opportunities,
)
from opportunities.timeline import Step, timeline
from portal.api.callers import Caller
from portal.api.records.for_everybody import facts_for_everybody, lines_for_everybody
from portal.lib.money import Money

_MOMENTS = (
    "documents_from",
    "documents_until",
    "enquiry_deadline",
    "prebid_at",
    "submission_from",
    "opening_at",
)
# Told as they stand
_PLAIN = (
    "description",
    "organisation_chain",
    "contact",
    "location",
    "pincode",
    "category",
    "product_category",
    "contract_form",
    "classification_codes",
    "document_fee",
    "prebid_place",
    "bid_validity_days",
    "period_days",
    "tender_expected_from",
    "tender_expected_until",
    "unsure",
)


@dataclass(frozen=True)
class OpportunityRecord(OpportunityLine):
    """All that is told of one opportunity."""

    description: str
    organisation_chain: list[str]
    contact: str
    location: str
    pincode: str
    category: str
    product_category: str
    contract_form: str
    classification_codes: list[str]
    document_fee: Money | None
    documents_from: Moment | None
    documents_until: Moment | None
    enquiry_deadline: Moment | None
    prebid_at: Moment | None
    prebid_place: str
    submission_from: Moment | None
    opening_at: Moment | None
    bid_validity_days: int | None
    period_days: int | None
    tender_expected_from: date | None
    tender_expected_until: date | None
    unsure: list[str]
    project: int | None
    page: str
    origins: list[Origin]
    timeline: list[Step]
    requirements: list[Any]  # rows of opportunities, which readers don't import
    history: list[HistoryEntry]


def opportunity_record(opportunity_id: int, *, caller: Caller, at: datetime) -> OpportunityRecord | None:
    """None where the caller may know of none by that number."""
    door = visible_opportunities(to=caller.reader, at=at).defer("search_vector")
    known = door.annotate(known_early_at=known_early_at("pk"), project_id=project_on("pk"))
    row: Any = known.filter(pk=opportunity_id).first()
    lines = lines_of([opportunity_id], to=caller.reader, at=at)
    if row is None or not lines:
        return None
    told: dict[str, Any] = {
        **{name: getattr(row, name) for name in _PLAIN},
        **{name: row.moment(name) for name in _MOMENTS},
        "project": row.project_id,
        "page": settings.SITE_URL + reverse("dashboards:opportunity", args=[row.pk]),
        "origins": _origins(row.pk),
        "timeline": timeline(row, known_early_at=row.known_early_at, now=at),
        "requirements": requirements_of(row.pk),
        "history": [entry for entry in opportunity_history(row.pk) if entry.changes],
    }
    if caller.company is None:
        told, lines = facts_for_everybody(told, row.pk, at=at), lines_for_everybody(lines)
    return OpportunityRecord(
        **{field.name: getattr(lines[0], field.name) for field in fields(OpportunityLine)}, **told
    )


def _origins(opportunity_id: int) -> list[Origin]:
    origins = provenance_of(opportunity_id).origins
    return [origins[name] for name in sorted(origins)]

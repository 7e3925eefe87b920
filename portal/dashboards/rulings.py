"""What the office has answered about an opportunity, and can take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from opportunities.ruled import RuledRequirement
from opportunities.selectors import processes_behind, rulings_about
from opportunities.serialization import ruled_from_json


@dataclass(frozen=True, slots=True)
class Decided:
    """One answer that holds."""

    ruling_id: int
    field: str  # a fact, or a kind of requirement
    words: str
    value: Any  # a fact's value or a Requirement; None: it says nothing
    is_requirement: bool
    by: str
    at: datetime


def decided_about(opportunity_id: int) -> list[Decided]:
    """The answers about an opportunity and what is merged into it, the latest first."""
    rows = [row for rulings in rulings_about(processes_behind([opportunity_id])).values() for row in rulings]
    return [_decided(row) for row in sorted(rows, key=lambda row: row.pk, reverse=True)]


def _decided(row: Any) -> Decided:
    ruled = ruled_from_json(row.notice_id, row.field, row.read, row.value)
    is_requirement = isinstance(ruled, RuledRequirement)
    asked = (ruled.value or ruled.read) if isinstance(ruled, RuledRequirement) else None
    return Decided(
        ruling_id=row.pk,
        field=asked.kind if asked else row.field,
        words=row.words,
        value=ruled.value,
        is_requirement=is_requirement,
        by=row.decided_by.name,
        at=row.decided_at,
    )

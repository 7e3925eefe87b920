from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.models import Source
from ingest.selectors.canary import CANARY


@dataclass(frozen=True, slots=True)
class SourceFreshness:
    """When a source was last read, and whether it is in trouble."""

    name: str
    last_success_at: datetime | None
    is_failing: bool


def sources_freshness() -> list[SourceFreshness]:
    """Of every source that is visited by the clock, by name. One query."""
    visited = Source.objects.filter(is_enabled=True, poll_every_minutes__isnull=False).exclude(kind=CANARY)
    rows = visited.order_by("name").values_list(
        "name", "last_success_at", "consecutive_failures", "alarmed_at"
    )
    return [
        SourceFreshness(name, at, is_failing=failures > 0 or alarmed is not None)
        for name, at, failures, alarmed in rows
    ]

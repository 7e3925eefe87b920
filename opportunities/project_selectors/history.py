from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from opportunities.compile import Change
from opportunities.models import ProjectRevision
from opportunities.projects.records import OFFICE_EYES
from opportunities.serialization import changes_from_json
from portal.lib.clocks import day_in_india, day_in_stockholm


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """What became known of a project at a time."""

    project_id: int
    number: int
    recorded_at: datetime
    published_at: datetime | None  # of the notice that told it
    changes: tuple[Change, ...]
    is_by_office: bool
    because: str  # why the office says so; for the office's own pages
    by: str

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def happened_at(self) -> datetime:
        return self._published_at or self.recorded_at

    @property
    def happened_on(self) -> date:
        """The day that the notice bears in India; else the day here on which the office or Setu noted it."""
        told = self._published_at
        return day_in_india(told) if told else day_in_stockholm(self.recorded_at)

    @property
    def _published_at(self) -> datetime | None:
        return None if self.is_by_office else self.published_at

    @property
    def shown_changes(self) -> list[Change]:
        """What was said otherwise before, but for what the office keeps to itself."""
        return [c for c in self.changes if c.before is not None and c.field not in OFFICE_EYES]

    @property
    def added_fields(self) -> list[str]:
        """What was not known before."""
        return [c.field for c in self.changes if c.before is None and c.field not in OFFICE_EYES]


def project_history(project_ids: Collection[int]) -> dict[int, list[ProjectEntry]]:
    """What became known of each, the earliest first. One query. Ask only about what came through the door."""
    found: defaultdict[int, list[ProjectEntry]] = defaultdict(list)
    rows = ProjectRevision.objects.filter(project__in=project_ids)
    for row in rows.select_related("statement__stated_by", "told_by__notice").order_by("project", "number"):
        found[row.project_id].append(_entry(row))
    return found


def _entry(row: ProjectRevision) -> ProjectEntry:
    statement = row.statement
    return ProjectEntry(
        project_id=row.project_id,
        number=row.number,
        recorded_at=row.recorded_at,
        published_at=row.told_by.notice.published_at if row.told_by else None,
        changes=changes_from_json(row.changes),
        is_by_office=statement is not None,
        because=statement.because if statement else "",
        by=statement.stated_by.name if statement else "",
    )

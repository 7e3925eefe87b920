from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from opportunities.compile import CHANGING_KINDS, Change
from opportunities.models import (
    Notice,
    OpportunityRevision,
)
from opportunities.parsed_notice import NoticeKind
from opportunities.selectors.door import processes_read_in
from opportunities.serialization import changes_from_json
from portal.lib.clocks import day_in_india, day_in_stockholm

# Portals put a session into the address, so that it changes with every visit.
_NOT_TOLD = frozenset({"url"})


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What one notice changed about an opportunity."""

    opportunity_id: int
    number: int
    kind: str
    notice_id: str
    published_at: datetime | None
    recorded_at: datetime
    changes: tuple[Change, ...]

    @property
    def happened_at(self) -> datetime:
        return self.published_at or self.recorded_at

    @property
    def happened_on(self) -> date:
        """The day that the notice bears in India; without one, the day here on which Setu read it."""
        return day_in_india(self.published_at) if self.published_at else day_in_stockholm(self.recorded_at)

    @property
    def shown_changes(self) -> list[Change]:
        """What to tell field by field: all of a corrigendum, else what was said otherwise before."""
        return [
            change
            for change in self.changes
            if change.field not in _NOT_TOLD and (change.before is not None or self.kind in CHANGING_KINDS)
        ]

    @property
    def added_fields(self) -> list[str]:
        """What was not known before and merely filled in."""
        told = {change.field for change in self.shown_changes}
        return [change.field for change in self.changes if change.field not in told | _NOT_TOLD]

    @property
    def deadline_moved_by(self) -> int:
        """By how many days the last moment for bids moved; 0 where it didn't, or one end isn't stated."""
        for change in self.changes:
            if change.field == "submission_deadline" and change.before and change.after:
                moved: timedelta = change.after.at - change.before.at
                return round(moved / timedelta(days=1))
        return 0


def opportunity_history(opportunity_id: int) -> list[HistoryEntry]:
    """What changed, the latest first. The caller has been through the door for this opportunity."""
    revisions = OpportunityRevision.objects.filter(opportunity=opportunity_id).telling_a_change()
    return [_entry(revision) for revision in revisions.select_related("notice").order_by("-number")]


def latest_changes(opportunity_ids: Iterable[int]) -> dict[int, HistoryEntry]:
    """The latest change of each that has changed, in one query."""
    revisions = (
        OpportunityRevision.objects.filter(opportunity__in=opportunity_ids)
        .telling_a_change()
        .select_related("notice")
        .order_by("opportunity", "-number")
        .distinct("opportunity")
    )
    return {revision.opportunity_id: _entry(revision) for revision in revisions}


def known_early_at(opportunity: str) -> Subquery:
    """When what a query reaches by this path was first told of, if that was before there was a tender."""
    early = Notice.objects.filter(opportunity__in=processes_read_in(opportunity), kind=NoticeKind.PLANNING)
    told = early.annotate(told_at=Coalesce("published_at", "recorded_at")).order_by("told_at")
    return Subquery(told.values("told_at")[:1])


def stage_reached_at(opportunity: str) -> Subquery:
    """When a notice told last that what a query reaches by this path had come to another stage."""
    told = OpportunityRevision.objects.telling_a_change().filter(
        opportunity=OuterRef(opportunity), changes__contains=[{"field": "stage"}]
    )
    happened = told.annotate(happened_at=Coalesce("notice__published_at", "recorded_at")).order_by("-number")
    return Subquery(happened.values("happened_at")[:1])


def latest_revision_number(opportunity: str) -> Coalesce:
    """The number of the last revision of what a query reaches by this path; 0 where there is none."""
    of_it = OpportunityRevision.objects.filter(opportunity=OuterRef(opportunity)).order_by("-number")
    return Coalesce(Subquery(of_it.values("number")[:1]), 0)


def _entry(revision: OpportunityRevision) -> HistoryEntry:
    return HistoryEntry(
        opportunity_id=revision.opportunity_id,
        number=revision.number,
        kind=revision.notice.kind,
        notice_id=revision.notice.notice_id,
        published_at=revision.notice.published_at,
        recorded_at=revision.recorded_at,
        changes=changes_from_json(revision.changes),
    )

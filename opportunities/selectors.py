from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Min
from django.db.models.functions import Coalesce

from opportunities.compile import CHANGING_KINDS, Change
from opportunities.models import (
    Notice,
    Opportunity,
    OpportunityQuerySet,
    OpportunityRevision,
    Requirement,
)
from opportunities.parsed_notice import NoticeKind
from opportunities.serialization import changes_from_json
from portal.accounts.models import Company


def visible_opportunities(*, to: Company, at: datetime) -> OpportunityQuerySet:
    """What ``to`` may know of at that moment: the one door for pages, mail, feeds, exports and counts.

    Every company is told at the same instant. A rule that treats companies differently belongs here,
    and nowhere else.
    """
    del to  # all companies alike, so far; callers say who is asking so that this can change in one place
    return Opportunity.objects.without_canaries().disclosed_at(at)


@dataclass(frozen=True, slots=True)
class RevisionChanges:
    """What one revision changed."""

    number: int
    changes: tuple[Change, ...]


def changes_by_opportunity(opportunity_ids: Collection[int]) -> dict[int, tuple[RevisionChanges, ...]]:
    """The revisions of each opportunity in order, in one query. Ask only about what came through the door."""
    found: dict[int, list[RevisionChanges]] = defaultdict(list)
    rows = OpportunityRevision.objects.filter(opportunity__in=opportunity_ids).order_by("number")
    for opportunity_id, number, changes in rows.values_list("opportunity_id", "number", "changes"):
        found[opportunity_id].append(RevisionChanges(number, changes_from_json(changes)))
    return {opportunity_id: tuple(revisions) for opportunity_id, revisions in found.items()}


def requirements_of(opportunity_id: int) -> list[Requirement]:
    """What an opportunity asks for, in its notices' order. The caller has been through the door for it."""
    return requirements_by_opportunity([opportunity_id])[opportunity_id]


def requirements_by_opportunity(opportunity_ids: Collection[int]) -> dict[int, list[Requirement]]:
    """What each asks for, in one query. Ask only about what came through the door."""
    found: dict[int, list[Requirement]] = {opportunity_id: [] for opportunity_id in opportunity_ids}
    rows = Requirement.objects.filter(opportunity__in=opportunity_ids)
    for row in rows.order_by("notice__published_at", "notice", "number"):
        found[row.opportunity_id].append(row)
    return found


def opportunities_for_office() -> OpportunityQuerySet:
    """Everything, disclosed or not: only for pages that none but the office may open."""
    return Opportunity.objects.without_canaries()


def awaiting_disclosure() -> OpportunityQuerySet:
    """What nobody but the office knows of, the latest first: never disclosed, or withdrawn."""
    return Opportunity.objects.without_canaries().filter(disclosed_from=None).order_by("-recorded_at", "-pk")


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


def known_early_at(opportunity_id: int) -> datetime | None:
    """When it was first told of, if that was before there was a tender."""
    early = Notice.objects.filter(opportunity=opportunity_id, kind=NoticeKind.PLANNING)
    told: datetime | None = early.aggregate(at=Min(Coalesce("published_at", "recorded_at")))["at"]
    return told


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


def changes_since(moment: datetime) -> models.QuerySet[OpportunityRevision]:
    """What changed from that moment on: to ask whether an opportunity has."""
    return OpportunityRevision.objects.telling_a_change().filter(recorded_at__gte=moment)


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

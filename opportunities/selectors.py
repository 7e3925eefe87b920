from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from opportunities.compile import Change
from opportunities.models import Opportunity, OpportunityQuerySet, OpportunityRevision
from opportunities.serialization import changes_from_json
from portal.accounts.models import Company


def visible_opportunities(*, to: Company, at: datetime) -> OpportunityQuerySet:
    """What ``to`` may know of at that moment: the one door for pages, mail, feeds, exports and counts.

    Every company is told at the same instant. A rule that treats companies differently belongs here,
    and nowhere else.
    """
    del to  # all companies alike, so far; callers say who is asking so that this can change in one place
    return Opportunity.objects.disclosed_at(at)


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

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import F, OuterRef

from opportunities.compile import Change
from opportunities.models import (
    Merge,
    Opportunity,
    OpportunityRevision,
)
from opportunities.serialization import changes_from_json


@dataclass(frozen=True, slots=True)
class RevisionChanges:
    """What one revision changed."""

    number: int
    changes: tuple[Change, ...]
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LatestState:
    """How an opportunity stands as of its latest revision, as far as news of it depends on that."""

    stage: str
    published_at: datetime | None
    recorded_at: datetime
    submission_deadline: datetime | None
    revision_id: int
    number: int


def latest_states(opportunity_ids: Collection[int]) -> dict[int, LatestState]:
    """Of each that has a revision, in one query. Ask only about what came through the door."""
    found = Opportunity.objects.filter(pk__in=opportunity_ids).with_latest_revision()
    told = found.annotate(revision=F("latest_revision_id"), number=F("latest_number")).values_list(
        "pk", "stage", "published_at", "recorded_at", "submission_deadline", "revision", "number"
    )
    return {row[0]: LatestState(*row[1:]) for row in told if row[-1] is not None}


def changes_by_opportunity(opportunity_ids: Collection[int]) -> dict[int, tuple[RevisionChanges, ...]]:
    """The revisions of each opportunity in order, in one query. Ask only about what came through the door."""
    found: dict[int, list[RevisionChanges]] = defaultdict(list)
    rows = OpportunityRevision.objects.filter(opportunity__in=opportunity_ids).order_by("number")
    told = rows.values_list("opportunity_id", "number", "changes", "recorded_at")
    for opportunity_id, number, changes, recorded_at in told:
        found[opportunity_id].append(RevisionChanges(number, changes_from_json(changes), recorded_at))
    return {opportunity_id: tuple(revisions) for opportunity_id, revisions in found.items()}


def changes_through_merges(told: Mapping[int, int]) -> dict[int, tuple[RevisionChanges, ...]]:
    """What is new to those who knew opportunities that are merged away, each by its key and revision number.

    First what was still said of it alone, then what the merge made different, then what the survivor has
    told since; in order, whatever the numbers. Two queries.
    """
    roots = Opportunity.objects.filter(pk__in=told).values("merged_into")
    in_force = Merge.objects.in_force().filter(away__merged_into__in=roots).select_related("revision")
    merges = {merge.away_id: merge for merge in in_force}
    revisions = changes_by_opportunity({*merges, *(merge.into_id for merge in merges.values())})
    found: dict[int, tuple[RevisionChanges, ...]] = {}
    for opportunity_id, number in told.items():
        at, since, news = opportunity_id, number, []
        while True:
            news += [revision for revision in revisions.get(at, ()) if revision.number > since]
            merge = merges.get(at)
            if merge is None:
                break
            since = merge.revision.number
            news.append(RevisionChanges(since, changes_from_json(merge.changes), merge.merged_at))
            at = merge.into_id
        found[opportunity_id] = tuple(news)
    return found


def changes_since(moment: datetime) -> models.QuerySet[OpportunityRevision]:
    """What changed from that moment on: to ask whether an opportunity has."""
    return OpportunityRevision.objects.telling_a_change().filter(recorded_at__gte=moment)


def changes_after(number: int | OuterRef) -> models.QuerySet[OpportunityRevision]:
    """What changed after the revision of that number: to ask whether an opportunity has."""
    return OpportunityRevision.objects.telling_a_change().filter(number__gt=number)

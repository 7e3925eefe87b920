"""What a reader was told of an opportunity while it was another one, that has been merged into it since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Max, Q, QuerySet

from matching.models import DeliveredOpportunity
from opportunities.compile import Change
from opportunities.selectors import RevisionChanges, changes_through_merges


@dataclass(frozen=True, slots=True)
class Heard:
    """What is new since a reader was told last, and whether the closing was told and still holds."""

    news: tuple[tuple[Change, ...], ...]
    was_told_closing: bool


def told_before_merging(
    recipient_id: int | None, *, besides: Collection[int]
) -> QuerySet[DeliveredOpportunity]:
    """The lines to this person that tell of opportunities which are merged into others now."""
    lines = DeliveredOpportunity.objects.filter(delivery__recipient=recipient_id)
    return lines.exclude(delivery__in=besides).exclude(opportunity__merged_into=None)


def heard_before_merging(
    recipient_id: int | None, survivors: Collection[int], *, besides: Collection[int]
) -> dict[int, Heard]:
    """For each survivor what its reader knew it by. Three queries."""
    latest = (
        told_before_merging(recipient_id, besides=besides)
        .filter(opportunity__merged_into__in=survivors)
        .order_by()
        .values(survivor=F("opportunity__merged_into"), away=F("opportunity"))
        .annotate(
            told=Max("revision__number"),
            closing=Max("revision__number", filter=Q(section=DeliveredOpportunity.Section.CLOSING)),
            delivered=Max("pk"),
        )
        .order_by("delivered")
    )
    by_survivor = {row["survivor"]: row for row in latest}  # the one told last counts
    news = changes_through_merges({row["away"]: row["told"] for row in by_survivor.values()})
    closing = {row["away"]: row["closing"] for row in by_survivor.values() if row["closing"] is not None}
    since_closing = changes_through_merges(closing) if closing else {}
    return {
        survivor: Heard(
            news=tuple(revision.changes for revision in news[row["away"]]),
            was_told_closing=row["away"] in since_closing and not deadline_moved(since_closing[row["away"]]),
        )
        for survivor, row in by_survivor.items()
    }


def deadline_moved(revisions: Collection[RevisionChanges]) -> bool:
    return any(change.field == "submission_deadline" for revision in revisions for change in revision.changes)

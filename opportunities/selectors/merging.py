from __future__ import annotations

from collections.abc import Collection

from django.db import models

from opportunities.models import (
    Merge,
    MergeProposal,
    MergeQuerySet,
    Opportunity,
)


def merges_in_force() -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """What is merged into what, each as publisher and process, in the order in which it was done."""
    names = ("away__publisher", "away__process_id", "into__publisher", "into__process_id")
    rows = Merge.objects.in_force().order_by("pk").values_list(*names)
    return [((here, this), (there, that)) for here, this, there, that in rows]


def survivor_of(opportunity_id: int) -> int | None:
    """The opportunity that one is read as a part of; None where it stands by itself, or there is none."""
    found = Opportunity.objects.filter(pk=opportunity_id).values_list("merged_into", flat=True)
    return found.first()


def part_under(away_id: int, processes: Collection[int]) -> set[int]:
    """Which of a group's processes leave it with the one that is merged away: that one and its own."""
    into = dict(Merge.objects.in_force().filter(away__in=processes).values_list("away_id", "into_id"))

    def leads_there(pk: int) -> bool:
        while pk != away_id and pk in into:
            pk = into[pk]
        return pk == away_id

    return {pk for pk in {*processes, away_id} if leads_there(pk)}


def waiting_proposals() -> models.QuerySet[MergeProposal]:
    """Pairs that a person has to decide about, the likeliest first: for the office alone."""
    both_stand = MergeProposal.objects.undecided().filter(first__merged_into=None, second__merged_into=None)
    return both_stand.select_related("first", "second").defer("first__search_vector", "second__search_vector")


def merges() -> MergeQuerySet:
    """Everything that was ever merged, the latest first: for the office alone."""
    rows = Merge.objects.select_related("away", "into", "merged_by", "undone_by").order_by("-pk")
    return rows.defer("away__search_vector", "into__search_vector")


def merges_of(opportunity_id: int) -> MergeQuerySet:
    """What an opportunity is made of beside its own process: for the office alone."""
    return merges().in_force().filter(away__merged_into=opportunity_id)

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from opportunities.audience import Audience
from opportunities.models import (
    Disclosure,
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


@dataclass(frozen=True, slots=True)
class LeftDisclosed:
    """What a merge disclosed, and what stays so when it is undone: members have been able to see it."""

    opportunity_id: int
    title: str
    since: datetime
    to: Audience


def left_disclosed(merges: Iterable[Merge]) -> dict[int, LeftDisclosed]:
    """By merge what undoing it leaves disclosed; nothing where another decision stands by now. One query."""
    wanted = list(merges)
    halves = {pk for merge in wanted for pk in (merge.away_id, merge.into_id)}
    decided = Disclosure.objects.filter(opportunity__in=halves).order_by("opportunity", "-pk")
    last = decided.distinct("opportunity").select_related("opportunity").defer("opportunity__search_vector")
    standing = {(one.opportunity_id, one.decided_at): one for one in last}
    found = {}
    for merge in wanted:
        for half in (merge.away_id, merge.into_id):
            one = standing.get((half, merge.merged_at))
            if one is not None and one.disclosed_from is not None:
                found[merge.pk] = LeftDisclosed(half, one.opportunity.title, one.disclosed_from, one.audience)
    return found

"""Opportunities that are read as one, and their lock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from opportunities.models import Opportunity

# What stays when facts are left in the database, for they are compiled from the notices and only written.
NOT_FACTS = (
    "publisher",
    "process_id",
    "published_at",
    "disclosed_from",
    "audience_domains",
    "audience_regions",
    "recorded_at",
    "merged_into",
    "compared_at",
)


@dataclass(frozen=True, slots=True)
class Group:
    """An opportunity and those that are merged into it; mostly it stands alone."""

    root: Opportunity
    others: tuple[Opportunity, ...]

    @property
    def all(self) -> tuple[Opportunity, ...]:
        return (self.root, *self.others)

    @property
    def pks(self) -> set[int]:
        return {row.pk for row in self.all}


class _GrownMeanwhile(Exception):
    pass


def lock_groups(wanted: Q) -> list[Group]:
    """Lock the opportunities wanted and all that are read as one with them. Within a transaction only.

    Whoever locks several opportunities does it here: in one order everywhere, or two could each hold one
    that the other waits for. Rows come without their facts.
    """
    while True:
        try:
            # A savepoint, for going back to it lets its locks go: a group that was merged while we waited
            # is locked anew, in order.
            with transaction.atomic():
                return _locked(wanted)
        except _GrownMeanwhile:
            continue


def _locked(wanted: Q) -> list[Group]:
    roots = set(
        Opportunity.objects.filter(wanted).values_list(Coalesce("merged_into", "pk"), flat=True).distinct()
    )
    rows = list(
        Opportunity.objects.select_for_update(no_key=True, of=("self",))
        .only(*NOT_FACTS)
        .filter(Q(pk__in=roots) | Q(merged_into__in=roots))
        .order_by("publisher", "process_id")
    )
    held = {row.pk for row in rows}
    # Nobody joins or leaves a group whose root we hold, so what is true now stays true.
    belonging = Opportunity.objects.filter(wanted | Q(merged_into__in=roots))
    if not roots <= held or any(
        pk not in held or (into or pk) not in roots for pk, into in belonging.values_list("pk", "merged_into")
    ):
        raise _GrownMeanwhile
    # A root that was wanted may have been merged into another of them while we waited.
    others: defaultdict[int, list[Opportunity]] = defaultdict(list)
    for row in rows:
        if row.merged_into_id is not None:
            others[row.merged_into_id].append(row)
    return [Group(row, tuple(others[row.pk])) for row in rows if row.merged_into_id is None]

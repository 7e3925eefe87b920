"""What people have been told by mail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from matching.models import DeliveredOpportunity, DeliveredProject

_NOTHING = 0  # revisions are numbered from 1
_FIRST = 1
_CLOSING = Q(section=DeliveredOpportunity.Section.CLOSING)


@dataclass(frozen=True, slots=True)
class Told:
    """What one person was told of one opportunity."""

    number: int = _NOTHING  # the latest revision that was told, in any section
    closing_number: int = _NOTHING  # and as closing
    as_another: bool = False  # of an opportunity that is merged into this one

    @property
    def was_told(self) -> bool:
        return self.number != _NOTHING

    @property
    def was_told_closing(self) -> bool:
        return self.closing_number != _NOTHING


NEVER = Told()


def told_to(
    recipients: Collection[int], opportunities: Collection[int], *, besides: Collection[int]
) -> dict[tuple[int, int], Told]:
    """By person and opportunity, where anything was told. One query.

    What a delivery holds counts as told, sent or not; but for the deliveries ``besides``. Who was told that a
    project is tendered was told of the project and the tender, as they stood then.
    """
    if not recipients:
        return {}
    to_them = Q(delivery__recipient__in=recipients) & ~Q(delivery__in=besides)
    rows = _lines(opportunities).filter(to_them).union(_tendered(opportunities).filter(to_them), all=True)
    by_kind: dict[bool, list[Sequence[Any]]] = {False: [], True: []}
    for *row, is_tendered in rows:
        by_kind[is_tendered].append(row)
    told = _told_by_line(by_kind[False])
    for recipient_id, tender_id, process_id, tender_number, process_number in by_kind[True]:
        for opportunity_id, number in ((tender_id, tender_number), (process_id, process_number)):
            known = told.get((recipient_id, opportunity_id), NEVER)
            latest = max(number or _FIRST, known.number)
            told[recipient_id, opportunity_id] = replace(known, number=latest, as_another=False)
    return told


def _lines(opportunities: Collection[int]) -> QuerySet[DeliveredOpportunity, Any]:
    """Person, opportunity, what it is merged into, the latest revision told, and the latest as closing."""
    about = Q(opportunity__in=opportunities) | Q(opportunity__merged_into__in=opportunities)
    return (
        DeliveredOpportunity.objects.filter(about)
        .order_by()
        .values_list("delivery__recipient", "opportunity", "opportunity__merged_into")
        .annotate(
            number=Max("revision__number"),
            other_number=Max("revision__number", filter=_CLOSING),
            is_tendered=Value(value=False),
        )
    )


def _tendered(opportunities: Collection[int]) -> QuerySet[DeliveredProject, Any]:
    """Person, tender, the project's process, and the latest revision that there was of each when told."""
    about = Q(tender__in=opportunities) | Q(project__opportunity__in=opportunities)
    return (
        DeliveredProject.objects.filter(about)
        .order_by()
        .values_list("delivery__recipient", "tender", "project__opportunity")
        .annotate(
            number=_latest("tender"),
            other_number=_latest("project__opportunity"),
            is_tendered=Value(value=True),
        )
    )


def _latest(path: str) -> Max:
    then = Coalesce("delivery__handed_at", "delivery__owed_at")
    return Max(f"{path}__revisions__number", filter=Q(**{f"{path}__revisions__recorded_at__lte": then}))


def _told_by_line(lines: Iterable[Sequence[Any]]) -> dict[tuple[int, int], Told]:
    told: dict[tuple[int, int], Told] = {}
    elsewhere: set[tuple[int, int]] = set()
    for recipient_id, opportunity_id, merged_into, number, closing in lines:
        if merged_into is not None:
            elsewhere.add((recipient_id, merged_into))
        else:
            told[recipient_id, opportunity_id] = Told(number, closing or _NOTHING)
    return {key: Told(as_another=True) for key in elsewhere - told.keys()} | told

"""What people have been told by mail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from django.db.models import Max, Q
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
    """By person and opportunity, where anything was told. Two queries.

    What a delivery holds counts as told, sent or not; but for the deliveries ``besides``. Who was told that a
    project is tendered was told of the project and the tender, as they stood then.
    """
    if not recipients:
        return {}
    told = _told_by_line(recipients, opportunities, besides=besides)
    for key, number in _told_as_tendered(recipients, opportunities, besides=besides):
        known = told.get(key, NEVER)
        told[key] = replace(known, number=max(number, known.number), as_another=False)
    return told


def _told_by_line(
    recipients: Collection[int], opportunities: Collection[int], *, besides: Collection[int]
) -> dict[tuple[int, int], Told]:
    lines = (
        DeliveredOpportunity.objects.filter(
            Q(opportunity__in=opportunities) | Q(opportunity__merged_into__in=opportunities),
            delivery__recipient__in=recipients,
        )
        .exclude(delivery__in=besides)
        .order_by()
        .values_list("delivery__recipient", "opportunity", "opportunity__merged_into")
        .annotate(number=Max("revision__number"), closing=Max("revision__number", filter=_CLOSING))
    )
    told: dict[tuple[int, int], Told] = {}
    elsewhere: set[tuple[int, int]] = set()
    for recipient_id, opportunity_id, merged_into, number, closing in lines:
        if merged_into is not None:
            elsewhere.add((recipient_id, merged_into))
        else:
            told[recipient_id, opportunity_id] = Told(number, closing or _NOTHING)
    return {key: Told(as_another=True) for key in elsewhere - told.keys()} | told


def _told_as_tendered(
    recipients: Collection[int], opportunities: Collection[int], *, besides: Collection[int]
) -> Iterator[tuple[tuple[int, int], int]]:
    """By person and opportunity, the latest revision that there was when a project was told as tendered."""
    lines = (
        DeliveredProject.objects.filter(
            Q(tender__in=opportunities) | Q(project__opportunity__in=opportunities),
            delivery__recipient__in=recipients,
        )
        .exclude(delivery__in=besides)
        .order_by()
        .values_list("delivery__recipient", "tender", "project__opportunity")
        .annotate(tender_number=_latest("tender"), process_number=_latest("project__opportunity"))
    )
    for recipient_id, tender_id, process_id, tender_number, process_number in lines:
        yield (recipient_id, tender_id), tender_number or _FIRST
        yield (recipient_id, process_id), process_number or _FIRST


def _latest(path: str) -> Max:
    then = Coalesce("delivery__handed_at", "delivery__owed_at")
    return Max(f"{path}__revisions__number", filter=Q(**{f"{path}__revisions__recorded_at__lte": then}))

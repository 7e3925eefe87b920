"""What people have been told by mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Q

from matching.models import DeliveredOpportunity

_NOTHING = 0  # revisions are numbered from 1
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

    What a delivery holds counts as told, sent or not; but for the deliveries ``besides``.
    """
    if not recipients:
        return {}
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

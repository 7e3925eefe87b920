"""Who buys, and what is known of names that mean nobody yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max

from opportunities.buyers import BuyerKind, city_in_name, likely_kind
from opportunities.models import BuyerNaming
from opportunities.places import City
from opportunities.selectors.door import opportunities_for_office


@dataclass(frozen=True, slots=True)
class UnknownBuyer:
    """A name in notices that means no buyer we know, and what it may be. For the office alone."""

    publisher: str
    key: str
    name: str  # as one of the notices writes it
    opportunities: int
    latest_opportunity: int  # its id
    kind: BuyerKind  # a guess
    city: City | None  # a guess


def unknown_buyers(*, most: int | None = None) -> list[UnknownBuyer]:
    """The names that wait for the office, those on the most opportunities first; at most so many."""
    waiting = (
        BuyerNaming.objects.filter(opportunity__in=opportunities_for_office())
        .exclude(waiting_key="")
        .order_by()
        .values("publisher", "waiting_key")
        .annotate(
            name=Max("waiting_name"),
            opportunities=Count("pk"),
            latest_opportunity=Max("pk"),
        )
        .order_by("-opportunities", "name", "publisher")
    )
    return [
        UnknownBuyer(
            publisher=row["publisher"],
            key=row["waiting_key"],
            name=row["name"],
            opportunities=row["opportunities"],
            latest_opportunity=row["latest_opportunity"],
            kind=likely_kind(row["name"]),
            city=city_in_name(row["name"]),
        )
        for row in waiting[:most]
    ]

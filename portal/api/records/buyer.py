from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opportunities.buyers.memory import Memory


@dataclass(frozen=True, slots=True)
class BuyerRecord:
    """A buyer, and what its tenders so far were like."""

    id: int
    name: str
    kind: str
    city: str | None  # its slug
    state: str
    memory: Memory


@dataclass(frozen=True, slots=True)
class CityRecord:
    """One of the hundred cities, and who buys there as far as the caller may know."""

    slug: str
    name: str
    state: str
    buyers: list[BuyerRecord]


def buyer_record(buyer: Any) -> BuyerRecord:
    """Of one that came through ``buyers_known``."""
    return BuyerRecord(
        id=buyer.pk,
        name=buyer.name,
        kind=buyer.kind,
        city=buyer.city.slug if buyer.city else None,
        state=buyer.state or (buyer.city.state if buyer.city else ""),
        memory=buyer.memory.figures,
    )


def city_records(cities: Iterable[Any], buyers: Iterable[Any]) -> list[CityRecord]:
    """Cities, each with those of the buyers that are theirs."""
    by_city: dict[int, list[BuyerRecord]] = {}
    for buyer in buyers:
        by_city.setdefault(buyer.city_id, []).append(buyer_record(buyer))
    return [CityRecord(city.slug, city.name, city.state, by_city.get(city.pk, [])) for city in cities]

"""What kinds of buyers there are, and what is known of one before any notice names it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BuyerKind(StrEnum):
    CITY_SPV = "city_spv"  # the company a city founded for its smart-city work
    MUNICIPAL = "municipal"
    AUTHORITY = "authority"  # a development authority
    UTILITY = "utility"  # water, power, transport
    STATE = "state"  # a state's department, board or company
    CENTRAL = "central"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class KnownBuyer:
    """A body that notices name, and the city it works for. ``also`` are other names it goes by."""

    slug: str
    name: str
    kind: BuyerKind
    city: str  # a City's name
    also: tuple[str, ...] = ()

"""Who buys: the bodies that are known from the start, and what the names in notices mean."""

from opportunities.buyers.known import KNOWN_BUYERS
from opportunities.buyers.names import bodies_named, buyer_key, city_in_name, likely_kind
from opportunities.buyers.records import BuyerKind, KnownBuyer

__all__ = [
    "KNOWN_BUYERS",
    "BuyerKind",
    "KnownBuyer",
    "bodies_named",
    "buyer_key",
    "city_in_name",
    "likely_kind",
]

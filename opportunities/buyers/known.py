"""The hundred cities' own companies and municipal bodies: see docs/sources.md on where the names are from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opportunities.buyers.records import BuyerKind, KnownBuyer
from opportunities.places import CITIES, City

# The company's name where it isn't "<city> Smart City Limited", and names it had or is also given.
_SPVS: dict[str, tuple[str, ...]] = {
    "Ahmedabad": ("Smart City Ahmedabad Development Limited",),
    "Amaravati": ("Amaravati Smart and Sustainable City Corporation Limited",),
    "Belagavi": ("Belagavi Smart City Limited", "Belgaum Smart City Limited"),
    "Bhopal": ("Bhopal Smart City Development Corporation Limited",),
    "Chhatrapati Sambhajinagar": (
        "Chhatrapati Sambhajinagar Smart City Development Corporation Limited",
        "Aurangabad Smart City Development Corporation Limited",
    ),
    "Dahod": ("Dahod Smart City Development Limited",),
    "Gandhinagar": ("Gandhinagar Smart City Development Limited",),
    "Gangtok": ("Gangtok Smart City Development Limited",),
    "Gwalior": ("Gwalior Smart City Development Corporation Limited",),
    "Hubballi-Dharwad": ("Hubballi Dharwad Smart City Limited", "Hubli Dharwad Smart City Limited"),
    "Indore": ("Indore Smart City Development Limited",),
    "Itanagar": ("Itanagar Smart City Development Corporation Limited",),
    "Kakinada": ("Kakinada Smart City Corporation Limited",),
    "Kalyan-Dombivali": (
        "Smart Kalyan Dombivli Development Corporation Limited",
        "Smart Kalyan Dombivali Development Corporation Limited",
    ),
    "Karimnagar": ("Karimnagar Smart City Corporation Limited",),
    "Kochi": ("Cochin Smart Mission Limited",),
    "Kohima": ("Kohima Smart City Development Limited",),
    "Nagpur": (
        "Nagpur Smart and Sustainable City Development Corporation Limited",
        "Nagpur Smart City Development Corporation Limited",
    ),
    "Nashik": ("Nashik Municipal Smart City Development Corporation Limited",),
    "Nava Raipur": (
        "Nava Raipur Atal Nagar Smart City Corporation Limited",
        "Naya Raipur Smart City Corporation Limited",
    ),
    "New Delhi": ("New Delhi Municipal Council Smart City Limited", "NDMC Smart City Limited"),
    "New Town Kolkata": ("New Town Kolkata Green Smart City Corporation Limited",),
    "Panaji": ("Imagine Panaji Smart City Development Limited",),
    "Pasighat": ("Pasighat Smart City Development Corporation Limited",),
    "Puducherry": ("Puducherry Smart City Development Limited",),
    "Pune": ("Pune Smart City Development Corporation Limited",),
    "Rajkot": ("Rajkot Smart City Development Limited",),
    "Ranchi": ("Ranchi Smart City Corporation Limited",),
    "Satna": ("Satna Smart City Development Limited",),
    "Solapur": ("Solapur City Development Corporation Limited",),
    "Sri Vijaya Puram": ("Port Blair Smart Projects Limited",),
    "Surat": ("Surat Smart City Development Limited",),
    "Thiruvananthapuram": ("Smart City Thiruvananthapuram Limited",),
    "Tirupati": ("Tirupati Smart City Corporation Limited",),
    "Vadodara": ("Vadodara Smart City Development Limited",),
    "Visakhapatnam": ("Greater Visakhapatnam Smart City Corporation Limited",),
    "Warangal": ("Greater Warangal Smart City Corporation Limited",),
}
# The municipal body where it isn't "<city> Municipal Corporation". Empty: the city has none of its own.
_MUNICIPAL: dict[str, tuple[str, ...]] = {
    "Amaravati": (),
    "Belagavi": ("Belagavi City Corporation",),
    "Bengaluru": ("Bruhat Bengaluru Mahanagara Palike", "BBMP"),
    "Chennai": ("Greater Chennai Corporation", "Corporation of Chennai", "Chennai Corporation"),
    "Dahod": ("Dahod Nagarpalika", "Dahod Nagar Palika", "Dahod Municipality"),
    "Davanagere": ("Davanagere City Corporation",),
    "Diu": ("Diu Municipal Council",),
    "Kavaratti": (),
    "Kohima": ("Kohima Municipal Council",),
    "Mangaluru": ("Mangaluru City Corporation",),
    "Namchi": ("Namchi Municipal Council",),
    "Nava Raipur": (),
    "New Delhi": ("New Delhi Municipal Council", "NDMC"),
    "New Town Kolkata": (),
    "Panaji": ("Corporation of the City of Panaji",),
    "Pasighat": ("Pasighat Municipal Council",),
    "Puducherry": ("Puducherry Municipality",),
    "Shillong": ("Shillong Municipal Board",),
    "Shivamogga": ("Shivamogga City Corporation",),
    "Silvassa": ("Silvassa Municipal Council",),
    "Sri Vijaya Puram": ("Sri Vijaya Puram Municipal Council", "Port Blair Municipal Council"),
    "Thiruvananthapuram": (
        "Thiruvananthapuram Municipal Corporation",
        "Corporation of Thiruvananthapuram",
    ),
    "Tumakuru": ("Tumakuru City Corporation",),
    "Visakhapatnam": ("Greater Visakhapatnam Municipal Corporation",),
    "Warangal": ("Greater Warangal Municipal Corporation",),
}
# The authority that stands where elsewhere a municipal body does.
_AUTHORITIES: dict[str, tuple[str, ...]] = {
    "Amaravati": ("Andhra Pradesh Capital Region Development Authority", "APCRDA"),
    "Nava Raipur": ("Nava Raipur Atal Nagar Vikas Pradhikaran", "Naya Raipur Development Authority"),
    "New Town Kolkata": ("New Town Kolkata Development Authority", "NKDA"),
}
# How portals call them, whatever their articles of association say.
_SPV_CALLED = (
    "Smart City",
    "Smart City Development",
    "Smart City Corporation",
    "Smart City Development Corporation",
)
_MUNICIPAL_CALLED = ("Municipal Corporation", "Nagar Nigam", "Mahanagar Palika", "Mahanagarpalika")
_TAMIL_CALLED = ("City Municipal Corporation", "Municipal Corporation", "City Corporation", "Corporation")


def slug_of(city: City) -> str:
    """A city's name in addresses."""
    return re.sub(r"[^a-z]+", "-", city.name.lower())


def _of_city(city: City) -> Iterator[KnownBuyer]:
    slug = slug_of(city)
    named = _SPVS.get(city.name, (f"{city.name} Smart City Limited",))
    yield KnownBuyer(
        f"{slug}-spv", named[0], BuyerKind.CITY_SPV, city.name, (*named[1:], *_called(city, _SPV_CALLED))
    )
    if municipal := _municipal(city):
        yield KnownBuyer(f"{slug}-municipal", municipal[0], BuyerKind.MUNICIPAL, city.name, municipal[1:])
    if authority := _AUTHORITIES.get(city.name):
        yield KnownBuyer(f"{slug}-authority", authority[0], BuyerKind.AUTHORITY, city.name, authority[1:])


def _municipal(city: City) -> tuple[str, ...]:
    if city.state == "TN" and city.name not in _MUNICIPAL:
        return _called(city, _TAMIL_CALLED)
    named = _MUNICIPAL.get(city.name, (f"{city.name} Municipal Corporation",))
    # Elsewhere a body may be called the same.
    return (*named, *_called(city, _MUNICIPAL_CALLED)) if named and not city.is_ambiguous else named


def _called(city: City, endings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{city.name} {ending}" for ending in endings)


KNOWN_BUYERS: tuple[KnownBuyer, ...] = tuple(buyer for city in CITIES for buyer in _of_city(city))

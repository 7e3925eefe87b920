"""The cities and buyers that Setu ships with, into their tables."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from opportunities.buyers import KNOWN_BUYERS, KnownBuyer, buyer_key
from opportunities.buyers.known import slug_of
from opportunities.models import Buyer, BuyerAlias, BuyerMemory, City
from opportunities.places import CITIES
from opportunities.services.buyers.aliases import ask_again
from opportunities.services.buyers.locks import hold_names_to_write

_NAMES = {
    key: (known.slug, name)
    for known in reversed(KNOWN_BUYERS)
    for name in reversed((known.name, *known.also))
    if (key := buyer_key(name))
}


def write_known_buyers(*, now: datetime) -> int:
    """Add the cities, buyers and names that are missing, and return how many names.

    What the office has changed or taken away stays as it is. When nothing is missing it costs three counts.
    """
    if (
        City.objects.count() >= len(CITIES)
        and Buyer.objects.exclude(slug="").count() >= len(KNOWN_BUYERS)
        and BuyerAlias.objects.filter(added_by=None).count() >= len(_NAMES)
    ):
        return 0
    return _write_missing(now=now)


@transaction.atomic
def _write_missing(*, now: datetime) -> int:
    hold_names_to_write()
    City.objects.bulk_create(
        (
            City(slug=slug_of(city), name=city.name, state=city.state, other_names=list(city.aliases))
            for city in CITIES
        ),
        ignore_conflicts=True,
    )
    cities = {city.name: city for city in City.objects.all()}
    there = set(Buyer.objects.exclude(slug="").values_list("slug", flat=True))
    buyers = [_row(known, cities[known.city], now) for known in KNOWN_BUYERS if known.slug not in there]
    BuyerMemory.objects.bulk_create([BuyerMemory(buyer=row) for row in Buyer.objects.bulk_create(buyers)])
    by_slug = {buyer.slug: buyer for buyer in Buyer.objects.exclude(slug="")}
    # Also names that the office took away: they don't come back by themselves.
    taken = set(BuyerAlias.objects.filter(publisher="").values_list("key", flat=True))
    names = [
        BuyerAlias(buyer=by_slug[slug], name=name, key=key, added_at=now)
        for key, (slug, name) in _NAMES.items()
        if key not in taken
    ]
    BuyerAlias.objects.bulk_create(names)
    ask_again([alias.key for alias in names])
    return len(names)


def _row(known: KnownBuyer, city: City, now: datetime) -> Buyer:
    return Buyer(slug=known.slug, name=known.name, kind=known.kind, city=city, state=city.state, added_at=now)

"""Names in notices that mean no buyer yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Min

from opportunities.buyers import BuyerKind, buyer_key, city_in_name, likely_kind
from opportunities.buyers.known import slug_of
from opportunities.buyers.names import names_a_place
from opportunities.models import Buyer, BuyerAlias, BuyerNaming
from opportunities.places import City
from opportunities.sameness.names import buyer_likeness
from opportunities.selectors.door import opportunities_for_office

_ALIKE = 60  # of 100


@dataclass(frozen=True, slots=True)
class UnknownBuyer:
    """A name in notices that means no buyer we know, and what it may be. For the office alone."""

    publisher: str
    key: str
    name: str  # as one of the notices writes it
    opportunities: int
    first_opportunity: int  # their ids
    latest_opportunity: int
    kind: BuyerKind  # a guess
    city: City | None  # a guess

    @property
    def where_meant(self) -> str:
        """The publisher in whose notices alone the name means somebody; "" for everywhere.

        A name without a place may mean somebody else elsewhere.
        """
        return "" if names_a_place(self.name) else self.publisher

    @property
    def city_slug(self) -> str:
        return slug_of(self.city) if self.city else ""


def unknown_buyers(*, most: int | None = None) -> list[UnknownBuyer]:
    """The names that wait for the office, those on the most opportunities first; at most so many.

    What somebody said of a name a moment ago has been asked again, and waits no longer.
    """
    waiting = (
        BuyerNaming.objects.filter(is_due=False, opportunity__in=opportunities_for_office())
        .exclude(waiting_key="")
        .order_by()
        .values("publisher", "waiting_key")
        .annotate(
            name=Max("waiting_name"),
            opportunities=Count("pk"),
            first_opportunity=Min("pk"),
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
            first_opportunity=row["first_opportunity"],
            latest_opportunity=row["latest_opportunity"],
            kind=likely_kind(row["name"]),
            city=city_in_name(row["name"]),
        )
        for row in waiting[:most]
    ]


def unknown_buyer(name: str, publisher: str) -> UnknownBuyer | None:
    """The one that is written like this there, while it waits."""
    key = buyer_key(name)
    return next((one for one in unknown_buyers() if (one.key, one.publisher) == (key, publisher)), None)


def likely_buyers(name: str, *, most: int = 3) -> list[Buyer]:
    """The known buyers whose names are most like this one, the likeliest first, to choose from."""
    alike: dict[int, float] = {}
    for buyer, other in BuyerAlias.objects.in_force().exclude(buyer=None).values_list("buyer", "name"):
        alike[buyer] = max(alike.get(buyer, 0), buyer_likeness(name, other))
    best = sorted((pk for pk, likeness in alike.items() if likeness >= _ALIKE), key=lambda pk: -alike[pk])
    found = Buyer.objects.select_related("city").in_bulk(best[:most])
    return [found[pk] for pk in best[:most]]

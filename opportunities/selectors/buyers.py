"""Who buys, as companies and the office may know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from opportunities.buyers import buyer_key
from opportunities.models import Buyer, BuyerAlias, BuyerQuerySet, City, OpportunityQuerySet
from opportunities.selectors.door import opportunities_for_office, visible_opportunities
from portal.accounts.models import Company


def buyers_known(*, to: Company | None, at: datetime) -> BuyerQuerySet:
    """The buyers that ``to`` may know of, or the office (None), with city and memory.

    A buyer that Setu ships with is nobody's secret. One that the office added may be known from something
    undisclosed alone, so a company knows it once the door shows it one of its opportunities.
    """
    buyers = Buyer.objects.standing().select_related("city", "memory")
    if to is None:
        return buyers
    theirs = visible_opportunities(to=to, at=at).filter(buyer_naming__buyer=OuterRef("pk"))
    return buyers.filter(~Q(slug="") | Exists(theirs))


def search_buyers(
    buyers: BuyerQuerySet, *, text: str = "", kind: str = "", with_all_names: bool = False
) -> BuyerQuerySet:
    """Those with these words in a name, the most remembered first.

    Names that the office gave may come from something undisclosed: they count ``with_all_names``.
    """
    if kind:
        buyers = buyers.filter(kind=kind)
    names = BuyerAlias.objects.in_force().filter(buyer=OuterRef("pk"))
    if not with_all_names:
        names = names.filter(added_by=None)
    for word in text.split():
        buyers = buyers.filter(
            Q(name__icontains=word)
            | Q(city__name__icontains=word)
            | Exists(names.filter(name__icontains=word))
        )
    return buyers.order_by("-memory__tenders", "name", "pk")


def opportunities_of(buyer_id: int, *, to: Company | None, at: datetime) -> OpportunityQuerySet:
    """A buyer's opportunities as ``to`` may know of them, or the office, the latest first."""
    known = opportunities_for_office() if to is None else visible_opportunities(to=to, at=at)
    return known.filter(buyer_naming__buyer=buyer_id).order_by("-published_at", "-pk")


def counts_by_buyer(buyers: Iterable[int], *, to: Company | None, at: datetime) -> dict[int, int]:
    """How many opportunities of each buyer ``to`` may know of, or the office; none where there are none."""
    known = opportunities_for_office() if to is None else visible_opportunities(to=to, at=at)
    counted = known.filter(buyer_naming__buyer__in=list(buyers)).order_by()
    return dict(counted.values_list("buyer_naming__buyer").annotate(Count("pk")))


@dataclass(frozen=True, slots=True)
class NamedBuyer:
    """A buyer as pages name it: by its name, with where its page is."""

    pk: int
    name: str


def buyer_on(opportunity_id: int) -> NamedBuyer | None:
    """Which buyer an opportunity's names mean. The caller has asked the door for the opportunity."""
    found = Buyer.objects.standing().filter(namings__opportunity=opportunity_id).only("name").first()
    return NamedBuyer(found.pk, found.name) if found else None


def buyers_by_name(names: Iterable[str], *, to: Company | None, at: datetime) -> dict[str, NamedBuyer]:
    """Of names as notices write them, those that mean a buyer anywhere which ``to`` may know of."""
    keys = {name: buyer_key(name) for name in names}
    means = {
        key: NamedBuyer(pk, name)
        for key, pk, name in BuyerAlias.objects.in_force()
        .filter(key__in=keys.values(), publisher="", buyer__in=buyers_known(to=to, at=at))
        .values_list("key", "buyer", "buyer__name")
    }
    return {name: means[key] for name, key in keys.items() if key in means}


def aliases_of(buyer_id: int, *, for_office: bool) -> QuerySet[BuyerAlias]:
    """The names that mean a buyer: to companies only those that Setu ships with."""
    names = BuyerAlias.objects.in_force().filter(buyer=buyer_id).select_related("added_by")
    return names if for_office else names.filter(added_by=None)


def names_set_aside() -> QuerySet[BuyerAlias]:
    """The names of which the office has said that they are no buyer's, the latest first."""
    return BuyerAlias.objects.in_force().filter(buyer=None).select_related("added_by").order_by("-added_at")


def cities() -> QuerySet[City]:
    """The hundred, by name."""
    return City.objects.order_by("name")


def counts_by_city(*, to: Company | None, at: datetime) -> dict[int, int]:
    """How many opportunities of each city's own buyers ``to`` may know of, or the office."""
    known = opportunities_for_office() if to is None else visible_opportunities(to=to, at=at)
    counted = known.filter(buyer_naming__buyer__city__isnull=False).order_by()
    return dict(counted.values_list("buyer_naming__buyer__city").annotate(Count("pk")))

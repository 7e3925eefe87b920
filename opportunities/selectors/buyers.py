"""Who buys, as companies and the office may know it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

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
    # What is remembered is every member's to see.
    known = ~Q(slug="") | Q(memory__tenders__gt=0)
    # Asked apart, of these few: together the database would look through every opportunity there is.
    doubtful = list(Buyer.objects.standing().exclude(known).values_list("pk", flat=True))
    theirs = visible_opportunities(to=to, at=at).filter(buyer_naming__buyer__in=doubtful).order_by()
    return buyers.filter(known | Q(pk__in=set(theirs.values_list("buyer_naming__buyer", flat=True))))


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


def opportunities_of(buyers: Collection[int], *, to: Company | None, at: datetime) -> OpportunityQuerySet:
    """What ``to`` may know of these buyers' opportunities, or the office, the latest to reach us first."""
    known = opportunities_for_office() if to is None else visible_opportunities(to=to, at=at)
    # By its naming, which has an index of a buyer's in that order.
    return known.filter(buyer_naming__buyer__in=list(buyers)).order_by("-buyer_naming__opportunity")


@dataclass(frozen=True, slots=True)
class NamedBuyer:
    """A buyer as pages name it: by its name, with where its page is."""

    pk: int
    name: str


def with_buyer(opportunities: OpportunityQuerySet) -> OpportunityQuerySet:
    """The same, each knowing which buyer its names mean; see ``buyer_in``. The caller has asked the door."""
    return opportunities.annotate(
        known_buyer_id=F("buyer_naming__buyer"), known_buyer_name=F("buyer_naming__buyer__name")
    )


def buyer_in(opportunity: Model) -> NamedBuyer | None:
    """Which buyer the names on an opportunity mean that came through ``with_buyer``."""
    known = vars(opportunity)
    pk = known["known_buyer_id"]
    return None if pk is None else NamedBuyer(pk, known["known_buyer_name"])


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


def alias_ids_of(buyer_id: int) -> list[int]:
    """Every name that means a buyer or once did."""
    return list(BuyerAlias.objects.filter(buyer=buyer_id).values_list("pk", flat=True))


def buyer_named(buyer_id: int) -> str | None:
    """What a buyer is called, also one that was taken away."""
    return Buyer.objects.filter(pk=buyer_id).values_list("name", flat=True).first()


def names_set_aside() -> QuerySet[BuyerAlias]:
    """The names of which the office has said that they are no buyer's, the latest first."""
    return BuyerAlias.objects.in_force().filter(buyer=None).select_related("added_by").order_by("-added_at")


def cities() -> QuerySet[City]:
    """The hundred, by name."""
    return City.objects.order_by("name")

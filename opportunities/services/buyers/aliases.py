"""What the office says of buyers and of the names they go by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from opportunities.buyers import BuyerKind, buyer_key
from opportunities.errors import NameTaken, NoName
from opportunities.models import Buyer, BuyerAlias, BuyerMemory, BuyerNaming, City
from opportunities.services.buyers.locks import hold_names_to_write
from portal.accounts.models import User


@transaction.atomic
def add_buyer(  # noqa: PLR0913  what is known of a body
    name: str,
    *,
    kind: BuyerKind,
    by: User,
    now: datetime,
    city: City | None = None,
    state: str = "",
    written: str = "",
    publisher: str = "",
) -> Buyer:
    """Add a body that notices name, and let them be named again.

    ``written`` is how they write it, where that isn't its name; ``publisher`` says that the name means it
    only there. Adding a body that goes by this name already returns it, unchanged. Raises NoName.
    """
    hold_names_to_write()
    known = _meaning(_key(written or name), publisher)
    if known is not None and known.buyer is not None:
        return known.buyer
    buyer = Buyer.objects.create(
        name=name,
        kind=kind,
        city=city,
        state=city.state if city else state,
        added_by=by,
        added_at=now,
    )
    BuyerMemory.objects.create(buyer=buyer)
    if known is not None:  # a name that was set aside means something now
        _remove(known, by=by, now=now)
    for one in dict.fromkeys((name, written or name)):
        if _meaning(_key(one), publisher) is None:
            _add(one, buyer, publisher=publisher, by=by, now=now)
    return buyer


@transaction.atomic
def describe_buyer(buyer_id: int, *, name: str, kind: BuyerKind, city: City | None, state: str) -> Buyer:
    """Say anew what a buyer is. The names in notices that mean it stay as they are."""
    buyer = Buyer.objects.select_for_update(no_key=True).get(pk=buyer_id)
    buyer.name, buyer.kind, buyer.city = name, kind, city
    buyer.state = city.state if city else state
    buyer.save(update_fields=["name", "kind", "city", "state"])
    return buyer


@transaction.atomic
def name_buyer_alias(buyer_id: int, name: str, *, by: User, now: datetime, publisher: str = "") -> BuyerAlias:
    """Say that a name in notices means this buyer. Saying it again returns what was said.

    Raises NameTaken where it means another, NoName where it holds no word.
    """
    hold_names_to_write()
    known = _meaning(_key(name), publisher)
    if known is not None:
        if known.buyer_id == buyer_id:
            return known
        if known.buyer_id is not None:
            raise NameTaken
        _remove(known, by=by, now=now)
    buyer = Buyer.objects.standing().get(pk=buyer_id)
    return _add(name, buyer, publisher=publisher, by=by, now=now)


@transaction.atomic
def set_aside_buyer_name(name: str, *, by: User, now: datetime, publisher: str = "") -> BuyerAlias:
    """Say that a name is no buyer's: an office's within a body. Those above it in its chain are asked then.

    Setting it aside again returns what was said. Raises NameTaken where it means a buyer, NoName.
    """
    hold_names_to_write()
    known = _meaning(_key(name), publisher)
    if known is None:
        return _add(name, None, publisher=publisher, by=by, now=now)
    if known.buyer_id is not None:
        raise NameTaken
    return known


@transaction.atomic
def remove_buyer_alias(alias_id: int, *, by: User, now: datetime) -> None:
    """Undo that a name means something. Notices with it wait for the office again. Twice is once."""
    hold_names_to_write()
    alias = BuyerAlias.objects.in_force().filter(pk=alias_id).first()
    if alias is not None:
        _remove(alias, by=by, now=now)


@transaction.atomic
def remove_buyer(buyer_id: int, *, by: User, now: datetime) -> None:
    """Undo a buyer and all names that mean it. Twice is once."""
    hold_names_to_write()
    if not Buyer.objects.standing().filter(pk=buyer_id).update(removed_at=now, removed_by=by):
        return
    for alias in BuyerAlias.objects.in_force().filter(buyer=buyer_id):
        _remove(alias, by=by, now=now)


def ask_again(keys: Collection[str]) -> None:
    """Have every opportunity named anew that bears one of these names. The caller holds the names."""
    due = BuyerNaming.objects.filter(keys__overlap=list(keys), is_due=False)
    # In the order in which recording takes them, or each could hold a row the other waits for.
    rows = list(due.select_for_update().order_by("pk").values_list("pk", flat=True))
    BuyerNaming.objects.filter(pk__in=rows).update(is_due=True)


def _key(name: str) -> str:
    key = buyer_key(name)
    if not key:
        raise NoName
    return key


def _meaning(key: str, publisher: str) -> BuyerAlias | None:
    return BuyerAlias.objects.in_force().filter(key=key, publisher=publisher).first()


def _add(name: str, buyer: Buyer | None, *, publisher: str, by: User, now: datetime) -> BuyerAlias:
    alias = BuyerAlias.objects.create(
        buyer=buyer, name=name, key=_key(name), publisher=publisher, added_by=by, added_at=now
    )
    ask_again([alias.key])
    return alias


def _remove(alias: BuyerAlias, *, by: User, now: datetime) -> None:
    alias.removed_at, alias.removed_by = now, by
    alias.save(update_fields=["removed_at", "removed_by"])
    ask_again([alias.key])

"""Who buys, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Iterator

from opportunities.buyers import BuyerKind
from opportunities.buyers.memory import Figure, Memory
from opportunities.models import Buyer, City
from portal.dashboards.buyers import BuyerRow
from portal.gallery.made_up import LONG_TITLE, LONG_WORD, NOW, opportunity
from portal.gallery.records import Example, Within

_FULL = Memory(48, Figure(20.5, 48), Figure(0.38, 21), Figure(9.3, 8), Figure(0.043, 23), Figure(0.02, 40))
_HALF = Memory(7, Figure(14.0, 7), Figure(0.0, 6), None, None, None)
_NOTHING = Memory(2, None, None, None, None, None)


def examples() -> Iterator[Example]:
    for state, memory in {"full": _FULL, "half": _HALF, "too few": _NOTHING}.items():
        yield Example("buyer_memory", state, {"memory": memory})
    rows = [
        BuyerRow(_buyer("Pune Municipal Corporation", BuyerKind.MUNICIPAL), _FULL),
        BuyerRow(_buyer("Pune Smart City Development Corporation Limited", BuyerKind.CITY_SPV), _HALF),
        BuyerRow(_buyer(LONG_WORD, BuyerKind.OTHER, has_city=False), _NOTHING),
    ]
    yield Example("buyer_table", "with places, long", {"rows": rows, "with_place": True})
    yield Example("buyer_table", "in one city", {"rows": rows[:2], "with_place": False})
    for state, with_buyer in (("of one buyer", False), ("of several", True)):
        line = {"opportunity": opportunity(), "now": NOW, "with_buyer": with_buyer}
        yield Example("tender_line", state, line, Within.LIST)
    long = opportunity(title=LONG_TITLE, buyer_name=LONG_WORD, value_amount=None, value_currency="")
    yield Example("tender_line", "long", {"opportunity": long, "now": NOW, "with_buyer": True}, Within.LIST)


def _buyer(name: str, kind: BuyerKind, *, has_city: bool = True) -> Buyer:
    city = City(pk=1, slug="pune", name="Pune", state="MH") if has_city else None
    return Buyer(pk=1, name=name, kind=kind, city=city, state="MH" if has_city else "")

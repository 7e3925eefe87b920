from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matching.delivery.links import absolute
from opportunities.buyers.memory import Figure
from opportunities.templatetags.buyer_words import buyer_kind
from opportunities.templatetags.opportunity_words import state_name
from portal.lib.tables import Column, Table

_HUNDREDTHS = Decimal("0.01")


def _number(figure: Figure | None, *, times: int = 1) -> Decimal | None:
    return Decimal(figure.value * times).quantize(_HUNDREDTHS) if figure else None


BUYERS: Table[Any] = Table(
    "buyers",
    _("Buyers"),
    (
        Column("buyer", _("Buyer"), lambda buyer: buyer.name),
        Column("kind", _("Kind"), lambda buyer: buyer_kind(buyer.kind)),
        Column("city", _("City"), lambda buyer: buyer.city.name if buyer.city else ""),
        Column("state", _("State"), lambda buyer: state_name(buyer.state) if buyer.state else ""),
        Column("tenders", _("Tenders"), lambda buyer: buyer.memory.figures.tenders),
        Column("days_to_bid", _("Days to bid"), lambda buyer: _number(buyer.memory.figures.bid_days)),
        Column(
            "moved_later_percent",
            _("Deadline moved later, %"),
            lambda buyer: _number(buyer.memory.figures.extended, times=100),
        ),
        Column(
            "bid_security_percent",
            _("Bid security (EMD), % of the value"),
            lambda buyer: _number(buyer.memory.figures.security, times=100),
        ),
        Column(
            "called_off_percent",
            _("Called off or invited anew, %"),
            lambda buyer: _number(buyer.memory.figures.cancelled, times=100),
        ),
        Column(
            "page",
            _("Page in Setu"),
            lambda buyer: absolute(reverse("dashboards:buyer", args=[buyer.pk])),
        ),
    ),
)

CITIES: Table[Any] = Table(
    "cities",
    _("The hundred cities"),
    (
        Column("city", _("City"), lambda row: row.city.name),
        Column("state", _("State"), lambda row: state_name(row.city.state)),
        Column("company", _("The city's company"), lambda row: row.company),
        Column("tenders", _("Tenders"), lambda row: row.tenders),
        Column(
            "page",
            _("Page in Setu"),
            lambda row: absolute(reverse("dashboards:city", args=[row.city.slug])),
        ),
    ),
)

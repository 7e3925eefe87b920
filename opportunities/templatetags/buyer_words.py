"""What buyers' kinds and figures are called on a page."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from opportunities.buyers import BuyerKind
from opportunities.buyers.memory import Figure
from portal.ui import formats

register = template.Library()

BUYER_KINDS = {
    BuyerKind.CITY_SPV: _("Smart-city company"),
    BuyerKind.MUNICIPAL: _("Municipal body"),
    BuyerKind.AUTHORITY: _("Development authority"),
    BuyerKind.UTILITY: _("Utility"),
    BuyerKind.STATE: _("State department or company"),
    BuyerKind.CENTRAL: _("Central body"),
    BuyerKind.OTHER: _("Another body"),
}


@register.filter
def buyer_kind(kind: str) -> str:
    return str(BUYER_KINDS[BuyerKind(kind)])


@register.filter
def figure_days(figure: Figure) -> str:
    """ "18 days"; to the nearest day."""
    days = int(figure.value + 0.5)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": formats.number(days)}


@register.filter
def figure_percent(figure: Figure) -> str:
    """ "38 %", or "2.1 %" where it is that small."""
    percent = Decimal(str(figure.value)) * 100
    decimals = 1 if percent < 10 else 0
    shown = formats.number(round(percent, decimals), decimals=decimals)
    return gettext("%(number)s%%") % {"number": shown}


@register.filter
def of_tenders(figure: Figure) -> str:
    """On how many tenders a figure rests: "of 21 tenders"."""
    return ngettext("of %(number)s tender", "of %(number)s tenders", figure.of) % {
        "number": formats.number(figure.of)
    }

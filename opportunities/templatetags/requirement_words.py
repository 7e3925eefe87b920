"""What a requirement asks, in a few words; its sentence says the rest."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from django import template
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from opportunities.parsed_notice import RequirementKind
from portal.lib.money import Money
from portal.ui import formats

register = template.Library()

KINDS = {
    RequirementKind.TURNOVER: _("Turnover"),
    RequirementKind.NET_WORTH: _("Net worth"),
    RequirementKind.SOLVENCY: _("Solvency"),
    RequirementKind.EXPERIENCE: _("Experience"),
    RequirementKind.CERTIFICATION: _("Certificate"),
    RequirementKind.REGISTRATION: _("Registration"),
    RequirementKind.MANPOWER: _("Staff"),
    RequirementKind.LOCAL_CONTENT: _("Local content"),
    RequirementKind.LAND_BORDER: _("Land border"),
    RequirementKind.JOINT_VENTURE: _("Joint venture"),
    RequirementKind.BID_SECURITY: _("Bid security (EMD)"),
    RequirementKind.DOCUMENT_FEE: _("Tender fee"),
    RequirementKind.EXEMPTION: _("Exemption"),
    RequirementKind.PREBID: _("Pre-bid meeting"),
    RequirementKind.DIGITAL_SIGNATURE: _("Digital signature"),
    RequirementKind.HARD_COPY: _("Paper copy"),
}
_NAMES = {
    "positive": _("positive"),
    "certificate": _("certificate from a bank"),
    "declaration": _("a declaration is enough"),
    "registration with the competent authority": _("registration with the competent authority"),
    "PPP-MII preference": _("preference for what is made in India"),
}


class Asked(Protocol):
    """A requirement, parsed or recorded."""

    kind: str
    share: Decimal | None
    years: int | None
    count: int | None
    name: str | None
    is_allowed: bool | None

    @property
    def money(self) -> Money | None: ...


@register.filter
def requirement_kind(kind: str) -> str:
    return str(KINDS.get(RequirementKind(kind), kind)) if kind in set(RequirementKind) else kind


@register.filter
def asked(requirement: Asked) -> str:
    """ "₹ 15 crore · over 3 years"; "" where the sentence alone says it."""
    return " · ".join(_parts(requirement))


def _parts(asked: Asked) -> Iterator[str]:
    if asked.is_allowed is not None:
        yield _verdict(asked)
    if asked.count is not None:
        yield _count(asked)
    if asked.money is not None:
        yield formats.money(asked.money)
    if asked.share is not None:
        yield _share(asked)
    if asked.years is not None:
        yield _years(asked)
    if asked.name:
        yield str(_NAMES.get(asked.name, asked.name))


def _verdict(asked: Asked) -> str:
    if asked.kind == RequirementKind.EXEMPTION:
        return gettext("exempt") if asked.is_allowed else gettext("not exempt")
    return gettext("allowed") if asked.is_allowed else gettext("not allowed")


def _count(asked: Asked) -> str:
    count = asked.count or 0
    figure = {"count": formats.number(count)}
    if asked.kind == RequirementKind.JOINT_VENTURE:
        return ngettext("at most %(count)s member", "at most %(count)s members", count) % figure
    if asked.kind == RequirementKind.MANPOWER:
        return ngettext("%(count)s person", "%(count)s people", count) % figure
    return ngettext("%(count)s work", "%(count)s works", count) % figure


def _share(asked: Asked) -> str:
    figure = {"percent": formats.number((asked.share or Decimal(0)) * 100, decimals=2)}
    if asked.kind == RequirementKind.JOINT_VENTURE:
        return gettext("lead at least %(percent)s %%") % figure
    if asked.kind == RequirementKind.LOCAL_CONTENT:
        return gettext("%(percent)s %%") % figure
    return gettext("%(percent)s %% of the value") % figure


def _years(asked: Asked) -> str:
    years = asked.years or 0
    figure = {"years": formats.number(years)}
    if asked.kind in (RequirementKind.EXPERIENCE, RequirementKind.MANPOWER):
        return ngettext("%(years)s year", "%(years)s years", years) % figure
    return ngettext("over %(years)s year", "over %(years)s years", years) % figure

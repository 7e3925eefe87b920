"""The facets of a search as they are shown: each value with its name and how many it would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from matching.scoring.engine import DOMAINS, domain_name
from opportunities.explore import FacetCounts
from opportunities.parsed_notice import Stage
from opportunities.searching.address import query_of
from opportunities.searching.definition import WITHIN_DAYS, Answer, Facet, OpportunitySearch, ValueBand
from opportunities.templatetags.opportunity_words import stage_name, state_name
from portal.ui import formats

SHOWN_VALUES = 8
TITLES = {
    Facet.STAGE: _("Stage"),
    Facet.DOMAIN: _("Field"),
    Facet.STATE: _("State"),
    Facet.CITY: _("City"),
    Facet.BUYER: _("Buyer"),
    Facet.VALUE: _("Value"),
    Facet.WITHIN: _("Bids close"),
    Facet.SCHEME: _("Programme"),
    Facet.SOURCE: _("Source"),
    Facet.JOINT_VENTURE: _("Joint venture"),
    Facet.GLOBAL_TENDER: _("Global tender"),
}
_BANDS = {
    ValueBand.TO_1: _("below ₹ 1 crore"),
    ValueBand.TO_10: _("₹ 1–10 crore"),
    ValueBand.TO_50: _("₹ 10–50 crore"),
    ValueBand.TO_200: _("₹ 50–200 crore"),
    ValueBand.FROM_200: _("₹ 200 crore or more"),
    ValueBand.UNSTATED: _("not stated in rupees"),
}
_JOINT_VENTURE = {
    Answer.YES: _("allowed"),
    Answer.NO: _("not allowed"),
    Answer.UNSTATED: _("not stated"),
}
# "No" says only that a notice doesn't call itself one.
_GLOBAL_TENDER = {Answer.YES: _("called a global tender"), Answer.NO: _("not called one")}
# Those whose values stand in an order of their own; the others go by how many there are.
_ORDERS: Mapping[Facet, tuple[str, ...]] = {
    Facet.STAGE: tuple(Stage),
    Facet.VALUE: tuple(ValueBand),
    Facet.WITHIN: WITHIN_DAYS,
    Facet.JOINT_VENTURE: tuple(Answer),
    Facet.GLOBAL_TENDER: (Answer.YES, Answer.NO),
}
_OPEN_AT_FIRST = (Facet.STAGE, Facet.DOMAIN, Facet.STATE)
# Names out of the notices, in their language.
AS_WRITTEN = (Facet.CITY, Facet.BUYER, Facet.SCHEME, Facet.SOURCE)


@dataclass(frozen=True, slots=True)
class ShownValue:
    value: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownFacet:
    facet: Facet
    title: str
    values: tuple[ShownValue, ...]
    more: int  # values that aren't shown
    is_open: bool
    is_english: bool
    is_single: bool  # of which one value is chosen at most


@dataclass(frozen=True, slots=True)
class ChosenValue:
    """A chosen value, and the address of the search without it."""

    title: str
    name: str
    is_english: bool
    query: str


def shown_facets(search: OpportunitySearch, counts: FacetCounts) -> list[ShownFacet]:
    """Every facet that has a value to choose."""
    facets = (_shown(facet, search, counts.of.get(facet, {})) for facet in Facet)
    return [facet for facet in facets if facet.values]


def chosen_values(search: OpportunitySearch) -> list[ChosenValue]:
    return [
        ChosenValue(
            str(TITLES[facet]),
            value_name(facet, value),
            facet in AS_WRITTEN,
            query_of(search.toggled(facet, value)),
        )
        for facet in search.narrowed_by
        for value in search.chosen(facet)
    ]


def value_name(facet: Facet, value: str) -> str:  # noqa: PLR0911  one arm for each kind of facet
    """What one value of a facet is called, in the language of the page."""
    match facet:
        case Facet.STAGE:
            return stage_name(value)
        case Facet.STATE:
            return state_name(value)
        case Facet.DOMAIN:
            return domain_name(value, get_language() or "en")
        case Facet.VALUE:
            return str(_BANDS[ValueBand(value)])
        case Facet.WITHIN:
            days = int(value)
            within = ngettext("within %(days)s day", "within %(days)s days", days)
            return within % {"days": formats.number(days)}
        case Facet.JOINT_VENTURE:
            return str(_JOINT_VENTURE[Answer(value)])
        case Facet.GLOBAL_TENDER:
            return str(_GLOBAL_TENDER[Answer(value)])
        case _:
            return value


def known_domains() -> frozenset[str]:
    return frozenset(DOMAINS)


def _shown(facet: Facet, search: OpportunitySearch, counts: Mapping[str, int]) -> ShownFacet:
    chosen = search.chosen(facet)
    known = {**dict.fromkeys(chosen, 0), **counts}
    values = _in_order(facet, known, chosen)
    # Without one the list would be as long; it may as well stand there.
    cut = len(values) if facet in _ORDERS else max(SHOWN_VALUES, len(chosen))
    shown = tuple(
        ShownValue(value, value_name(facet, value), known[value], is_chosen=value in chosen)
        for value in values[:cut]
    )
    return ShownFacet(
        facet,
        str(TITLES[facet]),
        shown,
        more=len(values) - len(shown),
        is_open=bool(chosen) or (facet in _OPEN_AT_FIRST and not search.narrowed_by),
        is_english=facet in AS_WRITTEN,
        is_single=facet is Facet.WITHIN,
    )


def _in_order(facet: Facet, counts: Mapping[str, int], chosen: tuple[str, ...]) -> list[str]:
    if facet in _ORDERS:
        return [value for value in _ORDERS[facet] if value in counts]
    return sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))


def mistake_name(name: str) -> str:
    """What the page calls a part of its address."""
    if name in set(Facet):
        return str(TITLES[Facet(name)])
    named = {"q": gettext("Words"), "sort": gettext("Order"), "view": gettext("View")}
    return named.get(name, name)

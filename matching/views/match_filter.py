"""What the address of the list asks for, and the choices that the page offers beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from matching.scoring.engine import DOMAINS, domain_name
from matching.selectors import Closing, Facet, Mark, MatchCounts, MatchFilter, MatchOrder, StageGroup
from opportunities.searching.definition import ValueBand

Value = TypeVar("Value", bound=StrEnum)
Word = TypeVar("Word", bound=str)
LONGEST_TEXT = 200

STAGES = {
    StageGroup.EARLY: _("Early stage"),
    StageGroup.SOUNDING: _("RFI, EOI, RFQ"),
    StageGroup.TENDER: _("Open tender"),
}
VALUES = {
    ValueBand.TO_1: _("under ₹1 crore"),
    ValueBand.TO_10: _("₹1–10 crore"),
    ValueBand.TO_50: _("₹10–50 crore"),
    ValueBand.TO_200: _("₹50–200 crore"),
    ValueBand.FROM_200: _("₹200 crore and more"),
    ValueBand.UNSTATED: _("not stated in rupees"),
}
CLOSINGS = {
    Closing.SOON: _("within 14 days"),
    Closing.LATER: _("in 15–45 days"),
    Closing.MUCH_LATER: _("later"),
    Closing.UNSTATED: _("no day yet"),
}
MARKS = {
    Mark.CHANGED: _("Changed since you looked"),
    Mark.FOLLOWED: _("Followed"),
    Mark.NEW: _("New this week"),
}
ORDERS = {
    MatchOrder.BEST: _("Best match"),
    MatchOrder.DEADLINE: _("Deadline"),
    MatchOrder.VALUE: _("Largest value"),
    MatchOrder.NEWEST: _("Newest"),
}
_TITLES = {
    Facet.MARK: _("Only"),
    Facet.STAGE: _("Stage"),
    Facet.CLOSING: _("Closes"),
    Facet.VALUE: _("Value"),
    Facet.DOMAIN: _("Field"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """One facet, with what there is of it under what is chosen of the others."""

    name: str  # in the address
    title: str
    choices: list[Choice]


def wish_in(asked: QueryDict) -> MatchFilter:
    """What the address asks for; anything that the page doesn't offer is taken as not asked."""
    order = asked.get("sort", "")
    return MatchFilter(
        stages=_known(StageGroup, asked.getlist("stage")) - {StageGroup.OTHER},
        domains=frozenset(slug for slug in asked.getlist("domain") if slug in DOMAINS),
        values=_known(ValueBand, asked.getlist("value")),
        closings=_known(Closing, asked.getlist("closing")),
        marks=_known(Mark, asked.getlist("mark")),
        state=asked.get("state", "").upper()[:2],
        text=asked.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT],
        order=MatchOrder(order) if order in set(MatchOrder) else MatchOrder.BEST,
    )


def choices_of(counts: MatchCounts, wish: MatchFilter) -> list[Choices]:
    """The facets in the order of the page. A value that nothing has is left out, unless it is chosen."""
    language = get_language() or "en"
    named = sorted((domain_name(slug, language), slug) for slug in counts.of[Facet.DOMAIN])
    named += [
        (domain_name(slug, language), slug) for slug in wish.domains if slug not in counts.of[Facet.DOMAIN]
    ]
    domains = {slug: name for name, slug in named}
    drawn = [
        _choices(Facet.MARK, MARKS, wish.marks, counts),
        _choices(Facet.STAGE, STAGES, wish.stages, counts),
        _choices(Facet.CLOSING, CLOSINGS, wish.closings, counts),
        _choices(Facet.VALUE, VALUES, wish.values, counts),
        _choices(Facet.DOMAIN, domains, wish.domains, counts),
    ]
    return [facet for facet in drawn if facet.choices]


def _choices(
    facet: Facet, words: Mapping[Word, object], chosen: Collection[str], counts: MatchCounts
) -> Choices:
    of = counts.of[facet]
    offered = [value for value in words if of.get(value, 0) or value in chosen]
    return Choices(
        facet.value,
        str(_TITLES[facet]),
        [Choice(str(value), str(words[value]), of.get(value, 0), value in chosen) for value in offered],
    )


def _known(kind: type[Value], asked: Iterable[str]) -> frozenset[Value]:
    offered = set(kind)
    return frozenset(kind(value) for value in asked if value in offered)

"""A search, as everything that searches is told it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Facet(StrEnum):
    """One side by which opportunities are narrowed. Its value is what an address calls it."""

    STAGE = "stage"
    DOMAIN = "domain"
    STATE = "state"
    CITY = "city"
    BUYER = "buyer"
    VALUE = "value"
    WITHIN = "within"  # days in which bids close
    SCHEME = "scheme"
    SOURCE = "source"
    JOINT_VENTURE = "jv"
    GLOBAL_TENDER = "global"


class ValueBand(StrEnum):
    """What it may cost, in crore of rupees; each from its first figure up to, not including, its second."""

    TO_1 = "0-1"
    TO_10 = "1-10"
    TO_50 = "10-50"
    TO_200 = "50-200"
    FROM_200 = "200-"  # where a global tender may be invited
    UNSTATED = "unstated"  # not stated, or not in rupees


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNSTATED = "unstated"


WITHIN_DAYS = ("7", "14", "30", "90")


class Order(StrEnum):
    BEST = "best"  # by how well the words fit; without words it is by deadline
    DEADLINE = "deadline"
    NEWEST = "newest"
    VALUE = "value"


class View(StrEnum):
    LIST = "list"
    TABLE = "table"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class OpportunitySearch:
    """What is looked for and how it shall be shown. Several values of a facet mean any of them."""

    words: str = ""
    stage: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    buyer: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    within: tuple[str, ...] = ()  # at most one
    scheme: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    joint_venture: tuple[str, ...] = ()
    global_tender: tuple[str, ...] = ()
    with_closed: bool = False  # also those that are over
    as_written: bool = False  # words are not corrected
    order: Order = Order.BEST
    view: View = View.LIST

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        values: tuple[str, ...] = getattr(self, facet.name.lower())
        return values

    @property
    def narrowed_by(self) -> tuple[Facet, ...]:
        """The facets of which something is chosen."""
        return tuple(facet for facet in Facet if self.chosen(facet))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.narrowed_by)

    def having(self, facet: Facet, values: tuple[str, ...]) -> OpportunitySearch:
        """The same with these values of a facet and no others."""
        return replace(self, **{facet.name.lower(): values})  # type: ignore[arg-type]

    def toggled(self, facet: Facet, value: str) -> OpportunitySearch:
        """The same with one value more, or without it where it was chosen."""
        chosen = self.chosen(facet)
        if value in chosen:
            return self.having(facet, tuple(one for one in chosen if one != value))
        return self.having(facet, (value,) if facet is Facet.WITHIN else (*chosen, value))

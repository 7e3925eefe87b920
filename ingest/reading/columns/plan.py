"""What a table's columns are read as, and how we came to know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.reading.labels import TITLE_CELL

OCID = "ocid"
IDENTIFYING = frozenset({"process_id", OCID})


class Unit(StrEnum):
    """What an amount without a unit of its own is counted in."""

    ONE = ""
    THOUSAND = "thousand"
    LAKH = "lakh"
    MILLION = "million"
    CRORE = "crore"


class DateOrder(StrEnum):
    """How a date made of numbers alone is written."""

    DAY_FIRST = ""
    MONTH_FIRST = "month_first"
    SERIAL = "serial"  # days since 1899-12-30, as spreadsheets count them


class Because(StrEnum):
    """Why a column is taken for what it is. Worded for people in templatetags.column_words."""

    LABEL = "label"  # portals name it so
    SYNONYM = "synonym"  # offices name it so
    PART = "part"  # a part of the header is such a name
    CONTENT = "content"  # the header says nothing, the values do
    AGREES = "agrees"  # so many of the values read as that
    CONTRADICTS = "contradicts"  # so many of the values don't
    UNIT = "unit"  # the header names the unit
    UNIT_TOO_LARGE = "unit_too_large"  # in that unit it would be more than any works cost
    UNIT_UNKNOWN = "unit_unknown"  # small numbers without a unit: lakh or crore?
    ORDER_UNCLEAR = "order_unclear"  # some dates have the day first, some the month
    MONTH_FIRST = "month_first"
    SERIAL = "serial"
    REPEATS = "repeats"  # another column, which comes first, holds the same
    PRIVATE = "private"  # bidders, prices bid, persons: never read
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    because: Because
    words: str = ""  # of the header, or the other column's letter
    count: int = 0  # of the values looked at
    total: int = 0


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column seems to hold. ``field`` is "" where there is nothing to be read."""

    field: str
    confidence: float
    reasons: tuple[Reason, ...]
    unit: Unit = Unit.ONE
    dates: DateOrder = DateOrder.DAY_FIRST
    is_spare: bool = False


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """How the column under a header is read. Headers are compared as ``header_key`` writes them."""

    key: str
    nth: int  # among the columns of that name, from 1
    field: str
    unit: Unit = Unit.ONE
    dates: DateOrder = DateOrder.DAY_FIRST
    # Read only where the field's first column says nothing.
    is_spare: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What a table's columns are read as. ``version`` is the mapping's; None: nobody has confirmed it.

    A confirmed plan without any use says that the table lists no notices. ``is_by_title``: no column numbers
    the processes, so that title and place tell them apart.
    """

    uses: tuple[ColumnUse, ...]
    version: int | None = None
    is_by_title: bool = False

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(use.field for use in self.uses)

    @property
    def is_sufficient(self) -> bool:
        """Whether a notice can come of a row: something names it, and something tells it from others."""
        if TITLE_CELL in self.fields:
            return True
        return "title" in self.fields and (self.is_by_title or bool(self.fields & IDENTIFYING))


@dataclass(frozen=True, slots=True)
class ConfirmedPlans:
    """The mappings in force for a source, by the signature of their tables' headers."""

    plans: tuple[tuple[str, ColumnPlan], ...] = ()

    def plan_for(self, signature: str) -> ColumnPlan | None:
        return next((plan for known, plan in self.plans if known == signature), None)

    def replacing(self, signature: str, plan: ColumnPlan) -> ConfirmedPlans:
        others = tuple((known, other) for known, other in self.plans if known != signature)
        return ConfirmedPlans(((signature, plan), *others))


NO_PLANS = ConfirmedPlans()


class TableState(StrEnum):
    MAPPED = "mapped"  # by a mapping that a person confirmed
    KNOWN = "known"  # every column that is read is named as portals name it
    GUESSED = "guessed"  # read, and to be checked
    WAITING = "waiting"  # not read: columns to map
    NO_NOTICES = "no_notices"  # a person said that it lists none


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table in a document. Its notices follow it, unless it waits for its columns to be mapped."""

    place: str  # for a person, and unique in its document: "List", "table 2"; "" where it is all there is
    signature: str
    names: tuple[str, ...]
    state: TableState
    version: int | None
    guesses: tuple[Guess, ...]
    samples: tuple[tuple[str, ...], ...]  # the first few values of each column

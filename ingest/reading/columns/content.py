"""What a column's values say by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from ingest.reading.columns.meaning import is_serial, numeric_date
from ingest.reading.columns.plan import DateOrder, Unit
from ingest.reading.columns.readers import SHAPED, read_cell
from ingest.reading.identifiers import is_gepnic_id, split_ocid
from ingest.reading.words import NotUnderstood, says_nothing, tidy
from opportunities.places import find_city
from portal.lib.money import Money

_LONG = 4  # words: fewer name a place or a kind, more say what is to be done
_HAS_UNIT = re.compile(r"\b(?:lakhs?|lacs?|crores?|crs?|mn|million|thousands?)\b", re.IGNORECASE)
_SMALL = Decimal(100_000)  # rupees: below it a public work has no budget, so a unit is missing
_TOO_MUCH = Decimal(10) ** 12  # rupees: more than any one tender


@dataclass(frozen=True, slots=True)
class Share:
    count: int
    total: int

    @property
    def part(self) -> float:
        return self.count / self.total if self.total else 0.0


def stated(values: Sequence[str]) -> list[str]:
    return [value for value in values if not says_nothing(value)]


def readable(field: str, values: Sequence[str], dates: DateOrder = DateOrder.DAY_FIRST) -> Share:
    """How many of the values can be read as that field."""
    given = stated(values)
    return Share(sum(_reads(field, value, dates) for value in given), len(given))


def date_order(values: Sequence[str]) -> tuple[DateOrder, bool]:
    """How the dates are written, and whether all of them can be written that way."""
    given = stated(values)
    if given and all(is_serial(value) for value in given):
        return DateOrder.SERIAL, True
    numbers = [found for value in given if (found := numeric_date(value))]
    has_day_first = any(first > 12 for first, _ in numbers)
    has_month_first = any(second > 12 for _, second in numbers)
    if has_month_first and not has_day_first:
        return DateOrder.MONTH_FIRST, True
    return DateOrder.DAY_FIRST, not (has_month_first and has_day_first)


def lacks_unit(values: Sequence[str]) -> bool:
    """Whether the amounts are so small, and without a unit, that lakh or crore must be meant."""
    given = stated(values)
    amounts = _amounts(given, Unit.ONE)
    return bool(amounts) and not any(map(_HAS_UNIT.search, given)) and median(amounts) < _SMALL


def is_too_large(values: Sequence[str], unit: Unit) -> bool:
    amounts = _amounts(stated(values), unit)
    return bool(amounts) and median(amounts) > _TOO_MUCH


def fact_by_content(values: Sequence[str]) -> tuple[str, float, Share] | None:
    """What the values are by their looks alone, how surely, and how many of them."""
    given = [tidy(value) for value in stated(values)]
    if not given:
        return None
    for field, confidence, looks_so in _LOOKS:
        share = Share(sum(map(looks_so, given)), len(given))
        if share.part >= 0.8:
            return field, confidence, share
    distinct = len(set(given)) / len(given)
    long = Share(sum(len(value.split()) >= _LONG for value in given), len(given))
    return ("title", 0.5, long) if long.part >= 0.8 and distinct >= 0.8 else None


def are_dates(values: Sequence[str]) -> bool:
    return readable("opening_at", values).part >= 0.8


def _reads(field: str, value: str, dates: DateOrder) -> bool:
    if field not in SHAPED:
        return True
    try:
        read_cell(field, value, dates=dates)
    except NotUnderstood:
        return False
    return True


def _amounts(values: Sequence[str], unit: Unit) -> list[Decimal]:
    found = []
    for value in values:
        try:
            amount = read_cell("value", value, unit=unit)
        except NotUnderstood:
            continue
        if isinstance(amount, Money):
            found.append(amount.amount)
    return found


def _names_city(value: str) -> bool:
    return len(value.split()) < _LONG and find_city(value) is not None


def _names_stage(value: str) -> bool:
    return len(value) < 40 and _reads("stage", value, DateOrder.DAY_FIRST)


# In order: what comes first is the most telling. An ID in a portal's shape can't be anything else.
_LOOKS = (
    ("process_id", 0.9, is_gepnic_id),
    ("ocid", 0.9, lambda value: split_ocid(value) is not None),
    ("url", 0.7, lambda value: _reads("url", value, DateOrder.DAY_FIRST)),
    ("city", 0.7, _names_city),
    ("stage", 0.7, _names_stage),
    (
        "value",
        0.5,
        lambda value: bool(_HAS_UNIT.search(value)) and _reads("value", value, DateOrder.DAY_FIRST),
    ),
)

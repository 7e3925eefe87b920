from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_NAMED = re.compile(r"(\d{4})-Q([1-4])")
_APRIL = 4


@dataclass(frozen=True, slots=True, order=True)
class FiscalQuarter:
    """A quarter of the Indian fiscal year: the first of ``year`` is April to June of that year."""

    year: int  # the calendar year in which the fiscal year begins
    number: int  # 1 to 4

    @property
    def first_day(self) -> date:
        months = _APRIL - 1 + (self.number - 1) * 3
        return date(self.year + months // 12, months % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> FiscalQuarter:
        return (
            FiscalQuarter(self.year, self.number + 1) if self.number < 4 else FiscalQuarter(self.year + 1, 1)
        )

    @property
    def name(self) -> str:
        """For machines: "2027-Q1"."""
        return f"{self.year}-Q{self.number}"

    @property
    def label(self) -> str:
        """As India writes it: "Q1 FY 2027-28"."""
        return f"Q{self.number} FY {self.year}-{(self.year + 1) % 100:02}"


def quarter_of(day: date) -> FiscalQuarter:
    """The quarter a day lies in."""
    since_april = (day.year * 12 + day.month - _APRIL) // 3
    return FiscalQuarter(since_april // 4, since_april % 4 + 1)


def quarter_named(name: str) -> FiscalQuarter | None:
    """The inverse of ``FiscalQuarter.name``; None for anything else."""
    found = _NAMED.fullmatch(name)
    return FiscalQuarter(int(found[1]), int(found[2])) if found else None


def quarters_from(day: date, count: int) -> list[FiscalQuarter]:
    """So many quarters, the first being the one that ``day`` lies in."""
    quarters = [quarter_of(day)]
    while len(quarters) < count:
        quarters.append(quarters[-1].next)
    return quarters

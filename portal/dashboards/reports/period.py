"""Periods of reports: calendar quarters in Sweden.

No period lies within another and none overlap, so that no two of them can be subtracted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from portal.lib.clocks import STOCKHOLM

OFFERED = 8


@dataclass(frozen=True, slots=True)
class Quarter:
    year: int
    number: int  # 1 to 4

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first_day, time.min, STOCKHOLM)

    @property
    def ends(self) -> datetime:
        """The moment after it."""
        return self.next.begins

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)


def quarter_of(moment: datetime) -> Quarter:
    day = moment.astimezone(STOCKHOLM).date()
    return Quarter(day.year, (day.month + 2) // 3)


def offered_quarters(now: datetime) -> list[Quarter]:
    """The current one and those before it."""
    offered = [quarter_of(now)]
    while len(offered) < OFFERED:
        offered.append(offered[-1].previous)
    return offered


def chosen_quarter(wanted: str, *, now: datetime) -> Quarter:
    """The one of this key, or the current one where it isn't offered."""
    offered = offered_quarters(now)
    if not re.fullmatch(r"\d{4}-[1-4]", wanted):
        return offered[0]
    return next((quarter for quarter in offered if quarter.key == wanted), offered[0])

"""How well quarters were foretold: predicted against actual. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

# On fewer nothing is told.
FEWEST = 5
_QUARTER = 365.25 / 4  # days


@dataclass(frozen=True, slots=True)
class Foretold:
    """One project that went to tender: the quarter first told, the one told last, and when it came."""

    first_from: date
    first_until: date
    last_from: date
    last_until: date
    came_on: date


@dataclass(frozen=True, slots=True)
class Foretelling:
    """What many of them add up to. Quarters are later than foretold; below 0 they are sooner."""

    count: int
    within_first: int  # came in the quarter that was first told
    within_last: int  # in the one that was told last
    first_off_by: float  # quarters, the median
    last_off_by: float

    @property
    def is_telling(self) -> bool:
        return self.count >= FEWEST


def foretelling(projects: Iterable[Foretold]) -> Foretelling:
    known = list(projects)
    first = [_off_by(one.first_from, one.first_until, one.came_on) for one in known]
    last = [_off_by(one.last_from, one.last_until, one.came_on) for one in known]
    return Foretelling(
        count=len(known),
        within_first=first.count(0),
        within_last=last.count(0),
        first_off_by=median(first) if first else 0,
        last_off_by=median(last) if last else 0,
    )


def _off_by(begins: date, until: date, came: date) -> float:
    """By how many quarters, to the nearer half; 0 where it came within the period."""
    if begins <= came <= until:
        return 0
    days = (came - until).days if came > until else (came - begins).days
    halves = max(1, round(abs(days) / _QUARTER * 2))
    return halves / 2 if days > 0 else -halves / 2

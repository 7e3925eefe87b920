"""Quarters of the Indian fiscal year, which begins in April."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.reading.words import NotUnderstood

QUARTER = re.compile(
    r"\bQ(?P<first>[1-4])(?:\s*(?:-|–|/|or|and|to)\s*Q(?P<last>[1-4]))?(?:\s*,)?(?:\s+of)?"
    r"(?P<fiscal>\s*,?\s*(?:FY|F\.Y\.|financial year|fiscal year))?\s*['’]?\s*"
    r"(?P<year>\d{4}|\d{2})(?!\d)(?:\s*[-–/]\s*(?P<until>\d{4}|\d{2})(?!\d))?",
    re.IGNORECASE,
)


def read_quarter(words: str) -> tuple[date, date] | None:
    """First and last day of the quarter (or quarters) that ``words`` name; None if they name none.

    ``Q1 of FY 2027-28`` is April to June 2027, and so is ``Q1 FY28``. Raise NotUnderstood where the year
    could be the calendar's, or doesn't fit itself.
    """
    match = QUARTER.search(words)
    if match is None:
        return None
    year = _first_year(match)
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if last < first:
        raise NotUnderstood("the second quarter comes before the first")
    return _begins(year, first), _begins(year, last + 1) - timedelta(days=1)


def _first_year(match: re.Match[str]) -> int:
    """The calendar year in which the fiscal year begins."""
    year = _in_full(match["year"])
    if match["until"]:
        if _in_full(match["until"]) != year + 1:
            raise NotUnderstood("a fiscal year ends in the year after the one it begins in")
        return year
    if not match["fiscal"]:
        raise NotUnderstood("this doesn't say whether the year is the calendar's or the fiscal one")
    # "FY28" is the year that ends in 2028; "FY 2027" may be either.
    if len(match["year"]) == 4:
        raise NotUnderstood("this may be the fiscal year that begins or the one that ends then")
    return year - 1


def _in_full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _begins(year: int, quarter: int) -> date:
    months = 3 + (quarter - 1) * 3
    return date(year + months // 12, months % 12 + 1, 1)

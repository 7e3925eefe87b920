"""A cell's words in full: with the unit, the currency and the order of days that its column has."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.reading.columns.plan import DateOrder, Unit

_BARE_NUMBER = re.compile(
    r"(?:₹|(?:rs|inr|usd|eur|sek)\b\.?)?\s*[\d,]*\.?\d+(?:\.\d*)?\s*(?:/\s*-)?", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)"
)
_SHORT_YEAR = re.compile(r"(\d{1,2}[-/. ][A-Za-z]{3,9}[-/. ])(\d{2})(?!\d)")
_SERIAL = re.compile(r"(?P<days>[3-6]\d{4})(?P<part>\.\d+)?")
_FIRST_SERIAL = date(1899, 12, 30)


def amount_in_full(words: str, unit: Unit, currency: str) -> str:
    """``12.5`` in a column of lakhs is ``12.5 lakh``; a cell that names its own unit keeps it."""
    plain = words.strip()
    if not _BARE_NUMBER.fullmatch(plain):
        return words
    number = re.sub(r"\s*/\s*-$", "", plain)
    with_unit = f"{number} {unit}" if unit else number
    return f"{currency} {with_unit}" if currency and plain[:1].isdigit() else with_unit


def date_in_full(words: str, order: DateOrder) -> str:
    """The day first and the year in four digits; a spreadsheet's number of days as a date."""
    plain = words.strip()
    if order is DateOrder.SERIAL and (serial := _SERIAL.fullmatch(plain)):
        return _of_serial(serial)
    if numeric := _NUMERIC.match(plain):
        parts = [numeric["first"], numeric["second"], _in_full(numeric["year"])]
        if order is DateOrder.MONTH_FIRST:
            parts[:2] = reversed(parts[:2])
        return "/".join(parts) + plain[numeric.end() :]
    return _SHORT_YEAR.sub(lambda found: found[1] + _in_full(found[2]), plain, count=1)


def numeric_date(words: str) -> tuple[int, int] | None:
    """The two numbers before the year of a date made of numbers alone."""
    found = _NUMERIC.match(words.strip())
    return (int(found["first"]), int(found["second"])) if found else None


def is_serial(words: str) -> bool:
    """Whether a cell may be a spreadsheet's number for a day between 1982 and 2091."""
    return _SERIAL.fullmatch(words.strip()) is not None


def _of_serial(serial: re.Match[str]) -> str:
    day = _FIRST_SERIAL + timedelta(days=int(serial["days"]))
    if not serial["part"]:
        return day.isoformat()
    minutes = round(float(serial["part"]) * 24 * 60)
    return f"{day.isoformat()} {minutes // 60:02}:{minutes % 60:02}"


def _in_full(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"

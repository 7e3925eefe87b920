"""Exchange rates as a bank or an office publishes them, in a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

_DAY = re.compile(r"date|day|period|datum|dag")
_VALUE = re.compile(r"value|rate|värde|kurs")
_SERIES = re.compile(r"series|serie|currency|valuta")
# "100 INR", "1 EUR"; and the Riksbank's own names, SEKINRPMI, which are of one unit.
_UNITS = re.compile(r"^(?P<units>\d+)?\s*(?P<currency>[A-Z]{3})$|^SEK(?P<named>[A-Z]{3})PMI$")
_PER = re.compile(
    r"\b(?P<first>[A-Z]{3})\s*(?:per|/)\s*(?P<units>\d+)?\s*(?P<second>[A-Z]{3})\b", re.IGNORECASE
)
_NOTHING = frozenset({"", "-", "n/a", "na", ".."})


class UnreadableRates(Exception):
    """Why a file holds no rates that could be used, for whoever gave it to us."""


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """How many kronor one unit of a currency was worth on a day."""

    currency: str
    on: date
    sek_per_unit: Decimal


def newest_rates(body: bytes, *, today: date) -> dict[str, PublishedRate]:
    """The latest rate of each currency in a file, by currency. Raises UnreadableRates with the line.

    Two layouts are read. The Riksbank's, with a row for each day and series ("100 INR" or SEKINRPMI); and a
    day with columns that say what they hold: "INR per SEK", "SEK per INR", "SEK per 100 INR". Either is cut
    by semicolons, commas or tabs, with a decimal comma or point. A day on which nothing was published is
    passed over; one that is still to come is a mistake.
    """
    newest: dict[str, PublishedRate] = {}
    for number, rate in _rates(_text(body)):
        if rate.on > today:
            raise UnreadableRates(f"line {number}: {rate.on} is still to come")
        if rate.currency not in newest or newest[rate.currency].on < rate.on:
            newest[rate.currency] = rate
    if not newest:
        raise UnreadableRates("the file holds no rate")
    return newest


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _rates(text: str) -> Iterator[tuple[int, PublishedRate]]:
    lines = text.splitlines()
    if not lines:
        raise UnreadableRates("the file is empty")
    delimiter = next((sign for sign in ";\t," if sign in lines[0]), None)
    if delimiter is None:
        raise UnreadableRates("the first line must name the columns, cut by ; , or tabs")
    table = csv.reader(lines, delimiter=delimiter)
    read = _reader([name.strip() for name in next(table)])
    for cells in table:
        if any(cell.strip() for cell in cells):
            yield from ((table.line_num, rate) for rate in _of_row(read, cells, table.line_num))


_Reader = Callable[[Sequence[str]], Iterator[PublishedRate]]


def _of_row(read: _Reader, cells: Sequence[str], number: int) -> list[PublishedRate]:
    try:
        return list(read([cell.strip() for cell in cells]))
    except IndexError as error:
        raise UnreadableRates(f"line {number}: it has fewer cells than there are columns") from error
    except (ValueError, InvalidOperation) as error:
        raise UnreadableRates(f"line {number}: {error}") from error


def _reader(names: Sequence[str]) -> _Reader:
    day = _column(names, _DAY)
    if day is None:
        raise UnreadableRates('no column for the day; one must be called "date"')
    per = {
        at: found for at, name in enumerate(names) if (found := _PER.search(name)) and _is_of_kronor(found)
    }
    if per:
        return lambda cells: _columns(cells, day, per)
    series, value = _column(names, _SERIES), _column(names, _VALUE)
    if series is None or value is None:
        raise UnreadableRates(
            'no column says what its rates are: "SEK per INR", "INR per SEK", or series and value'
        )
    return lambda cells: _series(cells, day, series, value)


def _column(names: Sequence[str], wanted: re.Pattern[str]) -> int | None:
    return next((at for at, name in enumerate(names) if wanted.search(name.casefold())), None)


def _is_of_kronor(found: re.Match[str]) -> bool:
    return "SEK" in (found["first"].upper(), found["second"].upper())


def _columns(cells: Sequence[str], day: int, per: Mapping[int, re.Match[str]]) -> Iterator[PublishedRate]:
    for at, found in per.items():
        rate = _number(cells[at])
        if rate is None:
            continue
        units = int(found["units"] or 1)
        if found["first"].upper() == "SEK":
            yield PublishedRate(found["second"].upper(), _day(cells[day]), rate / units)
        else:
            yield PublishedRate(found["first"].upper(), _day(cells[day]), units / rate)


def _series(cells: Sequence[str], day: int, series: int, value: int) -> Iterator[PublishedRate]:
    found = _UNITS.match(cells[series].upper())
    if found is None:
        raise ValueError(f"“{cells[series]}” isn't a currency")
    rate = _number(cells[value])
    if rate is not None:
        currency = found["currency"] or found["named"]
        yield PublishedRate(currency, _day(cells[day]), rate / int(found["units"] or 1))


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise ValueError(f"“{cell}” isn't a day such as 2026-11-20") from error


def _number(cell: str) -> Decimal | None:
    if cell.casefold() in _NOTHING:
        return None
    try:
        rate = Decimal(cell.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(f"“{cell}” isn't a number") from error
    if not rate.is_finite() or rate <= 0:
        raise ValueError(f"“{cell}” isn't a rate")
    return rate

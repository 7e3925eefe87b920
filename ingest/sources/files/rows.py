"""A table out of CSV of any dialect, JSON lines or a JSON list; its rows are read one at a time."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from itertools import chain, count, islice

from ingest.errors import SourceChanged
from ingest.sources.files.header import LOOKED_AT, Header, find_header
from ingest.sources.files.row import BadRow, Row
from ingest.sources.files.table import Table, begin, begin_unnamed

_DELIMITERS = (",", ";", "\t", "|")
_BETWEEN = re.compile(r"[\s,]+")
_LONGEST_ELEMENT = 2 * 1024 * 1024
# Numbers stay as they are written: 80.50 must not become 80.5, nor a long ID a rounded one.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str)


def table_of(lines: Iterator[str]) -> Table:
    """The table in a file. Raise SourceChanged if it is no table at all."""
    first = next((line for line in lines if line.strip("\ufeff \t\r\n\x00")), None)
    if first is None:
        raise SourceChanged("the file is empty")
    first = first.lstrip("\ufeff \t")
    if first.startswith("["):
        return begin_unnamed(_json_list(chain([first], lines)))
    if first.startswith("{"):
        return begin_unnamed(_json_lines(chain([first], lines)))
    return _csv_table(chain([first], lines))


def _csv_table(lines: Iterator[str]) -> Table:
    head = list(islice(lines, LOOKED_AT))
    if head[0].lower().startswith("sep="):  # Excel's own note on the delimiter
        head.pop(0)
    delimiter, header = _find_header(head)
    return begin("", header.names, _csv_rows(chain(head, lines), delimiter, header))


def _csv_rows(lines: Iterator[str], delimiter: str, header: Header) -> Iterator[Row | BadRow]:
    # NUL is never meant, and the reader stops at it.
    reader = csv.reader((line.replace("\x00", "") for line in lines), delimiter=delimiter)
    for number in count(1):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(f"row {number}", "", f"the row can't be taken apart: {error}")
            continue
        if (
            number - 1 > header.ends_at
            and any(cell.strip() for cell in cells)
            and not header.is_repeated(cells)
        ):
            yield fitted(f"row {number}", header.names, cells)


def fitted(place: str, names: tuple[str, ...], cells: list[str]) -> Row | BadRow:
    """The cells under their names; a row with more or fewer isn't squeezed into them."""
    while len(cells) > len(names) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(names):
        return BadRow(place, " | ".join(cells), f"the row has {len(cells)} cells, its header {len(names)}")
    return Row(place, names, tuple(cells))


def _find_header(head: list[str]) -> tuple[str, Header]:
    """The delimiter and the header under it that name most columns we know, else the most columns."""
    found = [
        (delimiter, header)
        for delimiter in _DELIMITERS
        if (header := find_header(list(_readable(csv.reader(head, delimiter=delimiter)))))
    ]
    if not found:
        seen = head[0].strip()[:300]
        raise SourceChanged(f"no row names columns that we know; the file begins with: {seen}")
    return max(found, key=lambda choice: choice[1].rank)


def _readable(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows up to the first that can't be taken apart."""
    try:
        yield from rows
    except csv.Error:
        return


def _json_lines(lines: Iterator[str]) -> Iterator[Row | BadRow]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"row {number}"
        try:
            element = _DECODER.decode(line.strip().rstrip(","))
        except (ValueError, RecursionError) as error:
            yield BadRow(place, line, f"the line isn't a JSON object: {_brief(error)}")
            continue
        yield _row(place, element, line)


def _json_list(lines: Iterator[str]) -> Iterator[Row | BadRow]:
    """The elements of a list, one by one, though the list may be one long line."""
    text, at, number = next(lines), 1, 1
    while True:
        if between := _BETWEEN.match(text, at):
            at = between.end()
        if text.startswith("]", at):
            return
        place = f"row {number}"
        try:
            element, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            text, at = text[at:], 0
            more = "".join(islice(lines, max(1, text.count("\n")))) if len(text) < _LONGEST_ELEMENT else ""
            if not more:
                yield BadRow(place, text, f"the list breaks off or is damaged here: {_brief(error)}")
                return
            text += more
            continue
        yield _row(place, element, text[at:end])
        at, number = end, number + 1


def _row(place: str, element: object, words: str) -> Row | BadRow:
    if not isinstance(element, dict):
        return BadRow(place, words, "this isn't a JSON object")
    return Row(place, tuple(element), tuple(_plain(value) for value in element.values()))


def _plain(value: object) -> str:
    """A value as the words of a cell. Lists and objects are no cells: bids and awards come that way."""
    match value:
        case str():
            return value
        case True:
            return "Yes"
        case False:
            return "No"
        case _:
            return ""


def _brief(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)

"""Rows as files that spreadsheets open: typed, and without a cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter

Cell = str | int | Decimal | date | datetime | bool | None
Row = Sequence[Cell]

# What begins so is a formula to some program; an apostrophe makes it a text to all of them.
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n")
_LONGEST_CELL = 32_000  # letters; Excel refuses a file with longer ones
_BYTE_ORDER_MARK = "\ufeff"  # by it Excel knows UTF-8
_AT_ONCE = 200  # lines


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_file(rows: Iterable[Row], *, separator: str = ",") -> Iterator[bytes]:
    """Yield the file piece by piece. With ";" numbers have the comma that goes with it in Swedish Excel."""
    writer = csv.writer(_Echo(), delimiter=separator)
    piece = [_BYTE_ORDER_MARK]
    for row in rows:
        line: str = writer.writerow(
            [_written(cell, decimal="," if separator == ";" else ".") for cell in row]
        )
        piece.append(line)
        if len(piece) >= _AT_ONCE:
            yield "".join(piece).encode()
            piece = []
    yield "".join(piece).encode()


def xlsx_file(rows: Iterable[Row], *, title: str) -> IO[bytes]:
    """The file, at its beginning, on disk while it is open. The first row is the heading.

    Numbers, days and truth are cells of their kind. Times are India's, for a spreadsheet knows no zones.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
            "remove_timezone": True,
        },
    )
    sheet = book.add_worksheet(title[:31])
    heading = book.add_format({"bold": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            match cell:
                case None | "":
                    continue
                case bool():
                    sheet.write_boolean(number, column, cell)
                case int() | Decimal():
                    sheet.write_number(number, column, float(cell))
                case datetime():
                    sheet.write_datetime(number, column, cell, moment)
                case date():
                    sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001
                case str():
                    sheet.write_string(number, column, harmless(cell), None if number else heading)
    book.close()
    file.seek(0)
    return file


def harmless(text: str) -> str:
    """The text so that no spreadsheet runs it, however it is opened or saved again."""
    shown = "".join(letter for letter in text[:_LONGEST_CELL] if letter >= " " or letter in "\t\r\n")
    is_run = shown.startswith(_RUN) or shown.lstrip().startswith(_RUN)
    return f"'{shown}" if is_run else shown


def _written(cell: Cell, *, decimal: str) -> str:  # noqa: PLR0911  one arm for each kind of cell
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell:f}".replace(".", decimal)
        case datetime():
            return cell.isoformat(timespec="minutes")
        case date():
            return cell.isoformat()
        case str():
            return harmless(cell)
        case int():
            return str(cell)

"""The rows of a workbook (xlsx, xls, ods) as lines of JSON. Runs as a child of ``ingest.reading.jail``."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ingest.reading.jail import confine, refuse

# How workbooks begin: archives (xlsx, ods), and compound files as Excel 97 wrote them and locked ones are
ARCHIVE, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_ENTRIES = 2_000
LARGEST_ENTRY = 50 * 1024 * 1024  # bytes, unpacked
LARGEST_WHOLE = 200 * 1024 * 1024
HIGHEST_RATIO = 200
_NO_MATTER = 1024 * 1024  # bytes: so small that its ratio says nothing
_MOST_COLUMNS = 1_000
_OF_NO_KIND = "Cannot detect file format"  # as calamine says it
_DAMAGED = "the workbook is damaged or incomplete"


def what_is_wrong(body: bytes) -> str | None:
    """Why a workbook mustn't be opened, by its directory alone; None if it may be."""
    return _what_is_wrong_with_old(body) if body.startswith(OLD) else _what_is_wrong_with_archive(body)


def _what_is_wrong_with_old(body: bytes) -> str | None:
    if _inside("EncryptedPackage", body):
        return "the workbook is locked with a password: save it without one"
    if not (_inside("Workbook", body) or _inside("Book", body)):
        is_whole = _inside("Root Entry", body)
        return "this is an old Office file, and no workbook" if is_whole else _DAMAGED
    return None


def _inside(name: str, body: bytes) -> bool:
    """Whether a compound file may hold a stream of that name."""
    return name.encode("utf-16-le") in body


def _what_is_wrong_with_archive(body: bytes) -> str | None:
    try:
        entries = zipfile.ZipFile(io.BytesIO(body)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return _DAMAGED
    if len(entries) > MOST_ENTRIES:
        return f"the workbook is made of {len(entries)} parts; {MOST_ENTRIES} are opened at most"
    whole = sum(entry.file_size for entry in entries)
    if whole > LARGEST_WHOLE or any(entry.file_size > LARGEST_ENTRY for entry in entries):
        return f"the workbook unpacks to {whole // 2**20} MB, more than is opened"
    large = [entry for entry in entries if entry.file_size > _NO_MATTER]
    if any(entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1) for entry in large):
        return "the workbook unpacks to far more than its size allows for"
    return None


def cell_words(value: object) -> str:
    """A cell as a person would write it: days without a clock, numbers without exponents or noise."""
    match value:
        case bool():
            return "Yes" if value else "No"
        case float():
            return f"{Decimal(format(value, '.15g')):f}"
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    _, first_column = sheet.start or (0, 0)
    if sheet.width + first_column > _MOST_COLUMNS:
        refuse(f"the sheet “{sheet.name}” has more than {_MOST_COLUMNS} columns")
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [cell_words(cell) for cell in row]


def main() -> None:
    confine()
    body = sys.stdin.buffer.read()
    if reason := what_is_wrong(body):
        refuse(reason)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
        for name in workbook.sheet_names:
            for number, cells in _rows(workbook.get_sheet_by_name(name)):
                if any(cells):
                    sys.stdout.write(json.dumps([name, number, cells], ensure_ascii=False) + "\n")
    except (CalamineError, OSError, ValueError) as error:
        if _OF_NO_KIND in str(error):
            refuse("this is no workbook we know, or a damaged one: save it as xlsx and hand that in")
        refuse(f"the workbook can't be read: {error}"[:300])
    sys.stdout.flush()


if __name__ == "__main__":
    main()

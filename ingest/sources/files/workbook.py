"""The tables in a workbook, one a sheet, under whichever row their headers stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, groupby, islice

from ingest.reading.jail import read_in_jail
from ingest.sources.files.header import LOOKED_AT, Header, find_header, without_empty_end
from ingest.sources.files.row import BadRow, Row
from ingest.sources.files.rows import fitted
from ingest.sources.files.table import Table, begin

_READER = "ingest.reading.workbook"
# As ingest.reading.workbook has them, which only the child that opens them imports
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def tables_of_workbook(body: bytes) -> Iterator[Table]:
    """Yield what may be a table in each sheet; read its rows before the next.

    Raise SourceChanged if the file can't be opened safely.
    """
    lines = (json.loads(line) for line in read_in_jail(_READER, body))
    for sheet, rows in groupby(lines, key=lambda line: str(line[0])):
        numbered = ((int(number), [str(cell) for cell in cells]) for _, number, cells in rows)
        head = list(islice(numbered, LOOKED_AT))
        header = find_header([cells for _, cells in head]) or _widest(head)
        below = chain(head[header.ends_at + 1 :], numbered)
        yield begin(sheet, header.names, _rows(sheet, header, below))


def _rows(sheet: str, header: Header, numbered: Iterator[tuple[int, list[str]]]) -> Iterator[Row | BadRow]:
    for number, cells in numbered:
        if not header.is_repeated(cells):
            yield fitted(f"{sheet}, row {number}", header.names, cells)


def _widest(head: list[tuple[int, list[str]]]) -> Header:
    """For the person who asks why nothing was read: the row that has most cells."""
    at = max(range(len(head)), key=lambda at: sum(bool(cell.strip()) for cell in head[at][1]))
    return Header(at, without_empty_end(head[at][1]), 0)

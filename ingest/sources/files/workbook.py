"""Rows of a table out of a workbook, in whichever sheet and under whichever row its header stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, groupby, islice

from ingest.errors import SourceChanged
from ingest.reading.jail import read_in_jail
from ingest.sources.files.columns import columns_of, known_columns, what_is_missing
from ingest.sources.files.row import BadRow, Row
from ingest.sources.files.rows import fitted

_ROWS_BEFORE_HEADER = 20
_READER = "ingest.reading.workbook"
# As ingest.reading.workbook has them, which only the child that opens them imports
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def rows_of_workbook(body: bytes) -> Iterator[Row | BadRow]:
    """Yield the rows of each sheet that lists tenders; covers and notes beside them are passed over.

    Raise SourceChanged if no sheet does, or if the file can't be opened safely.
    """
    lists = 0
    seen: list[Row] = []
    lines = (json.loads(line) for line in read_in_jail(_READER, body))
    for sheet, rows in groupby(lines, key=lambda line: str(line[0])):
        numbered = ((int(number), [str(cell) for cell in cells]) for _, number, cells in rows)
        head = list(islice(numbered, _ROWS_BEFORE_HEADER))
        number, names = max(head, key=lambda row: known_columns(row[1]))
        columns = _without_empty_end(names)
        if not columns_of(columns).is_sufficient:
            seen.append(Row(f"{sheet}, row {number}", columns, columns))
            continue
        lists += 1
        for row_number, cells in chain(head, numbered):
            if row_number > number:
                yield fitted(f"{sheet}, row {row_number}", columns, cells)
    if not lists:
        likeliest = max(seen, key=lambda row: known_columns(row.names), default=None)
        raise SourceChanged(what_is_missing([likeliest]) if likeliest else "the workbook is empty")


def _without_empty_end(names: list[str]) -> tuple[str, ...]:
    while names and not names[-1].strip():
        names = names[:-1]
    return tuple(names)

"""A table described once: its columns, and how each is read. Whatever file it becomes follows from that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from portal.lib.spreadsheet import Cell, Row

T = TypeVar("T")
_AT_ONCE = 200  # rows


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    key: str  # in JSON: never translated, never changed
    heading: object  # its text is the heading, in the language of the moment
    read: Callable[[T], Cell]


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    name: str  # in the name of the file
    title: object  # as a heading
    columns: Sequence[Column[T]]

    @property
    def keys(self) -> list[str]:
        return [column.key for column in self.columns]

    @property
    def heading(self) -> Row:
        return [str(column.heading) for column in self.columns]

    def row(self, line: T) -> Row:
        return [column.read(line) for column in self.columns]


def json_file(keys: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a list of objects piece by piece. Amounts keep their decimals, times have their zone."""
    named = [json.dumps(key) for key in keys]
    piece, between = ["["], "\n"
    for row in rows:
        cells = zip(named, row, strict=True)
        piece.append(f"{between}{{{', '.join(f'{name}: {_in_json(cell)}' for name, cell in cells)}}}")
        between = ",\n"
        if len(piece) >= _AT_ONCE:
            yield "".join(piece).encode()
            piece = []
    yield "".join([*piece, "\n]\n"]).encode()


def _in_json(cell: Cell) -> str:
    match cell:
        case Decimal():
            return f"{cell:f}"
        case datetime() | date():
            return json.dumps(cell.isoformat())
        case _:
            return json.dumps(cell, ensure_ascii=False)

"""A page's table as a file, at the page's own address with ``download=…``: its filters and its door are one.

A view that has a table asks ``asked_kind`` once it knows what it would list, and answers with ``download``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from typing import TypeVar

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language

from portal.lib.clocks import day_in_stockholm
from portal.lib.spreadsheet import Row, csv_file, xlsx_file
from portal.lib.tables import Table, json_file

T = TypeVar("T")
AT_ONCE = 500  # lines read together, by whoever gives them as well
_PIECE = 64 * 1024  # bytes
_CSV = "text/csv; charset=utf-8"


class Kind(StrEnum):
    CSV = "csv"
    CSV_SE = "csv-se"  # with semicolons and decimal commas
    XLSX = "xlsx"
    JSON = "json"

    @property
    def ending(self) -> str:
        return "csv" if self is Kind.CSV_SE else self.value


_MEDIA_TYPES = {
    Kind.CSV: _CSV,
    Kind.CSV_SE: _CSV,
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.JSON: "application/json",
}


def asked_kind(request: HttpRequest) -> Kind | None:
    """Which file the address asks for; None for the page itself. The office takes nothing from a look."""
    asked = request.GET.get("download", "")
    is_guest: bool = getattr(request, "is_guest", False)
    return Kind(asked) if asked in set(Kind) and not is_guest else None


def download(kind: Kind, table: Table[T], lines: Iterable[T]) -> StreamingHttpResponse:
    """The lines as a file, read as it is sent: a hundred thousand take no more memory than some hundred."""
    name = f"setu-{table.name}-{day_in_stockholm(timezone.now()):%Y-%m-%d}.{kind.ending}"
    return StreamingHttpResponse(
        _pieces(kind, table, lines, language=get_language() or "en"),
        content_type=_MEDIA_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _pieces(kind: Kind, table: Table[T], lines: Iterable[T], *, language: str) -> Iterator[bytes]:
    # All is read when the request is over, and with it its language.
    with translation.override(language):
        heading, title = table.heading, str(table.title)
    rows = _rows(table, lines, language=language)
    if kind is Kind.JSON:
        yield from json_file(table.keys, rows)
    elif kind is Kind.XLSX:
        # Written once somebody reads it, and gone from the disk when they have.
        with xlsx_file(chain([heading], rows), title=title) as file:
            while piece := file.read(_PIECE):
                yield piece
    else:
        yield from csv_file(chain([heading], rows), separator=";" if kind is Kind.CSV_SE else ",")


def _rows(table: Table[T], lines: Iterable[T], *, language: str) -> Iterator[Row]:
    rest = iter(lines)
    while True:
        with translation.override(language):
            batch = [table.row(line) for line in islice(rest, AT_ONCE)]
        if not batch:
            return
        yield from batch

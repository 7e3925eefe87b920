"""A page saved from a portal, or any page with a table of tenders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.errors import SourceChanged
from ingest.reading.columns.plan import TableFound
from ingest.reading.decoding import decode
from ingest.reading.list_tables import ListTable, cells_of, list_tables, read_page, text_of
from ingest.reading.nesting import is_too_deep
from ingest.sources.base import FetchedDocument, SourceAdapter, SourceSettings
from ingest.sources.cppp import CpppAdapter
from ingest.sources.files.header import without_empty_end
from ingest.sources.files.row import BadRow, Row
from ingest.sources.files.rows import fitted
from ingest.sources.files.table import Table, begin
from ingest.sources.gepnic import GepnicAdapter
from opportunities.parsed_notice import ParsedNotice, Unreadable

LARGEST_PAGE = 5 * 1024 * 1024  # bytes
# A list of 269 tenders has some 5,000. Each costs the parsers about a kilobyte of memory.
MOST_TAGS = 150_000
_PORTALS: tuple[SourceAdapter, ...] = (CpppAdapter(), GepnicAdapter())
# Browsers note where they saved a page from.
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://[^\s>]+) -->")


def check_page(body: bytes) -> str:
    """The page's markup. Raise SourceChanged for one that would take for ever to read."""
    if len(body) > LARGEST_PAGE:
        raise SourceChanged(f"a saved page of more than {LARGEST_PAGE // 2**20} MB isn't read")
    markup = decode(body)
    if is_too_deep(markup):
        raise SourceChanged("the page's tags are nested deeper than any that people write")
    if markup.count("<") > MOST_TAGS:
        raise SourceChanged(f"the page has more than {MOST_TAGS} tags: hand its table in as CSV or Excel")
    return markup


def read_portal_page(
    document: FetchedDocument, markup: str, source: SourceSettings
) -> list[ParsedNotice | Unreadable | TableFound] | None:
    """What the portal's own adapter makes of the page; None if no adapter knows it."""
    if saved_from := _SAVED_FROM.search(markup[:2_000]):
        document = replace(document, url=saved_from[1])
    for adapter in _PORTALS:
        try:
            return list(adapter.parse(document, source))
        except SourceChanged:
            continue
    return None


def tables_of_page(body: bytes) -> Iterator[Table]:
    """Yield each table with a row of headings."""
    tables = list(list_tables(read_page(body)))
    for number, table in enumerate(tables, start=1):
        place = f"table {number}" if len(tables) > 1 else ""
        names = without_empty_end(table.columns)
        yield begin(place, names, _rows(table, f"{place}, " if place else ""), has_letters=False)


def _rows(table: ListTable, prefix: str) -> Iterator[Row | BadRow]:
    names = without_empty_end(table.columns)
    for number, row in enumerate(table.rows, start=1):
        cells = [text_of(cell) for cell in cells_of(row)]
        if any(cells):
            yield fitted(f"{prefix}row {number}", names, cells)

"""A page saved from a portal, or any page with a table of tenders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.errors import SourceChanged
from ingest.reading.decoding import decode
from ingest.reading.list_tables import ListTable, cells_of, list_tables, read_page, row_text, text_of
from ingest.reading.nesting import is_too_deep
from ingest.sources.base import FetchedDocument, SourceAdapter, SourceSettings
from ingest.sources.cppp import CpppAdapter
from ingest.sources.files.columns import columns_of
from ingest.sources.files.row import BadRow, Row
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
) -> list[ParsedNotice | Unreadable] | None:
    """What the portal's own adapter makes of the page; None if no adapter knows it."""
    if saved_from := _SAVED_FROM.search(markup[:2_000]):
        document = replace(document, url=saved_from[1])
    for adapter in _PORTALS:
        try:
            return list(adapter.parse(document, source))
        except SourceChanged:
            continue
    return None


def rows_of_page(body: bytes) -> Iterator[Row | BadRow]:
    """Yield the rows of each table whose headings name tenders. Raise SourceChanged if there is none."""
    tables = list(list_tables(read_page(body)))
    known = [table for table in tables if columns_of(table.columns).is_sufficient]
    if not known:
        seen = "; ".join(", ".join(table.columns) for table in tables)[:1_000] or "none"
        raise SourceChanged(
            f"no portal we know makes such a page, and none of its tables has headings for "
            f"Tender ID and Title; their headings: {seen}"
        )
    for number, table in enumerate(known, start=1):
        yield from _rows(table, f"table {number}, " if len(known) > 1 else "")


def _rows(table: ListTable, prefix: str) -> Iterator[Row | BadRow]:
    for number, row in enumerate(table.rows, start=1):
        place, cells = f"{prefix}row {number}", tuple(text_of(cell) for cell in cells_of(row))
        if not any(cells):
            continue
        if len(cells) == len(table.columns):
            yield Row(place, table.columns, cells)
        else:
            reason = f"the row has {len(cells)} cells, its header {len(table.columns)}"
            yield BadRow(place, row_text(row), reason)

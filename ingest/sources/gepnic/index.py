"""The organisation index: where the captcha-free way to a portal's tenders begins."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from ingest.reading.labels import label_key
from ingest.reading.list_tables import ListTable, cells_of, links_of, list_tables, text_of
from ingest.sources.web import absolute


@dataclass(frozen=True, slots=True)
class Organisation:
    name: str
    listing_url: str


def find_index(page: HtmlElement) -> ListTable | None:
    """The table of organisations on a page, if there is one."""
    for table in list_tables(page):
        keys = [label_key(column) for column in table.columns]
        if any("organisation" in key for key in keys) and any("count" in key for key in keys):
            return table
    return None


def organisations(index: ListTable, address: str) -> list[Organisation]:
    """Each organisation with the list of its tenders."""
    column = next(n for n, name in enumerate(index.columns) if "organisation" in label_key(name))
    found = []
    for row in index.rows:
        cells, links = cells_of(row), links_of(row)
        url = absolute(address, links[0].get("href")) if links else None
        if url and len(cells) == len(index.columns):
            found.append(Organisation(text_of(cells[column]), url))
    return found

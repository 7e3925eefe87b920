"""How a portal's page is built: the headings of its list, or the captions of a tender."""

from __future__ import annotations

from lxml.html import HtmlElement

from ingest.reading.labels import fact_for
from ingest.reading.list_tables import has_class, list_tables, path_to, text_of
from ingest.sources.gepnic.index import find_index
from ingest.watching.layout import Layout, PageType, layout_of

# Fewer columns or captions that we know, and the page may be any page.
_FEWEST_KNOWN = 3


def layout_of_page(page: HtmlElement) -> Layout | None:
    if index := find_index(page):
        return layout_of(PageType.INDEX, path_to(index.heading), index.columns, has_all_labels=True)
    for table in list_tables(page):
        if sum(fact_for(column) is not None for column in table.columns) >= _FEWEST_KNOWN:
            return layout_of(PageType.LIST, path_to(table.heading), table.columns, has_all_labels=True)
    captions = [cell for cell in page.iter("td") if _is_caption(cell)]
    labels = [text_of(cell) for cell in captions]
    if sum(fact_for(label) is not None for label in labels) < _FEWEST_KNOWN:
        return None
    return layout_of(PageType.TENDER, path_to(captions[0]), labels, has_all_labels=False)


def _is_caption(cell: HtmlElement) -> bool:
    """Heads of columns bear the class of captions too; no field follows them."""
    beside = cell.getnext()
    return has_class(cell, "td_caption") and beside is not None and has_class(beside, "td_field")

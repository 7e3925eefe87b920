"""The central portal's list of tenders from all over India (CPPP), in a layout of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from ingest.errors import SourceChanged
from ingest.reading.labels import fact_for
from ingest.reading.list_tables import list_tables, path_to, read_page
from ingest.sources.base import Client, FetchedDocument, SourceSettings, sha256
from ingest.sources.cppp.fetch import fetch_lists
from ingest.sources.cppp.listing import find_listing, read_listing, words_of_listing
from ingest.sources.web import place_on_the_web
from ingest.watching.layout import Layout, PageType, layout_of
from opportunities.parsed_notice import ParsedNotice, Unreadable

# Fewer columns that we know, and the table may be any table.
_FEWEST_KNOWN = 3


class CpppAdapter:
    kind = "cppp"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        return fetch_lists(source, client)

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
        listing = find_listing(read_page(document.body))
        if listing is None:
            raise SourceChanged(
                "the page holds no list of tenders as the central portal shows them "
                "(headings for Title/Ref.No./Tender Id and Corrigendum)"
            )
        yield from read_listing(listing, place_on_the_web(document, source))

    def fingerprint(self, document: FetchedDocument) -> str:
        """A hash of the words in the list. Its links hold the time of the request, the page a total."""
        try:
            listing = find_listing(read_page(document.body))
        except SourceChanged:  # parse() will say so
            listing = None
        if listing is None:
            return sha256(document.body)
        return hashlib.sha256(words_of_listing(listing).encode()).hexdigest()

    def layout(self, document: FetchedDocument) -> Layout | None:
        for table in list_tables(read_page(document.body)):
            if sum(fact_for(column) is not None for column in table.columns) >= _FEWEST_KNOWN:
                return layout_of(PageType.LIST, path_to(table.heading), table.columns, has_all_labels=True)
        return None

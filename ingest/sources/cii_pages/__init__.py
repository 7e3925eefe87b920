"""The consortium channel's own site: a paged list of notices, and a page for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from ingest.errors import SourceChanged
from ingest.sources.base import Client, FetchedDocument, SourceSettings, sha256
from ingest.sources.cii_pages.fetch import fetch_notices
from ingest.sources.cii_pages.notice import labelled_words, layout_of_notice, read_notice, read_page
from ingest.watching.layout import Layout
from opportunities.parsed_notice import ParsedNotice, Unreadable


class CiiPagesAdapter:
    kind = "cii_pages"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        return fetch_notices(source, client)

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
        yield read_notice(document, source)

    def fingerprint(self, document: FetchedDocument) -> str:
        """A hash of the title, the labelled values and the description; the rest counts its viewers."""
        try:
            words = labelled_words(read_page(document.body))
        except SourceChanged:  # parse() will say so
            words = []
        return hashlib.sha256("\n".join(words).encode()).hexdigest() if words else sha256(document.body)

    def layout(self, document: FetchedDocument) -> Layout | None:
        try:
            return layout_of_notice(read_page(document.body))
        except SourceChanged:  # parse() will say so
            return None

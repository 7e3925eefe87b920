"""Through the central portal's list, page by page from the newest tender. Nothing else is fetched there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from ingest.errors import FetchRefused, SourceChanged
from ingest.reading.list_tables import links_of, read_page, text_of
from ingest.sources.base import Client, FetchedDocument, SourceSettings
from ingest.sources.cppp.listing import find_listing, words_of_listing
from ingest.sources.web import absolute

LIST_PATH = "/cppp/latestactivetendersnew/cpppdata"
# The whole list has thousands of pages. The newest come first, so a visit reads what came since the last one.
LONGEST_VISIT = 120.0  # seconds
MOST_PAGES = 60


def fetch_lists(
    source: SourceSettings, client: Client, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[FetchedDocument]:
    """Yield the pages of the list until it ends, repeats itself or the visit has lasted long enough."""
    until = clock() + LONGEST_VISIT
    seen: set[str] = set()
    url: str | None = _entrance(source.address)
    for _ in range(MOST_PAGES):
        if url is None:
            return
        if clock() > until:
            client.leave_off()
            return
        document = client.get(url)
        words = _words(document)
        if words is not None and words in seen:  # asked for another page, given one that we have
            return
        yield document
        if words is None:
            return
        seen.add(words)
        url = _next_page(document, source.address)


def _entrance(address: str) -> str:
    parts = urlsplit(address)
    return address if parts.path.strip("/") else parts._replace(path=LIST_PATH).geturl()


def _words(document: FetchedDocument) -> str | None:
    try:
        listing = find_listing(read_page(document.body))
    except SourceChanged:  # parse() will say so
        return None
    return words_of_listing(listing) if listing else None


def _next_page(document: FetchedDocument, address: str) -> str | None:
    for link in links_of(read_page(document.body)):
        if text_of(link).casefold().startswith("next"):
            url = absolute(document.url, link.get("href"))
            if url is not None and urlsplit(url)[:3] != urlsplit(_entrance(address))[:3]:
                raise FetchRefused(f"{url} isn't a page of the list")
            return url
    return None

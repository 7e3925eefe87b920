"""A publisher's packages, one after the other as each names the next."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from ingest.errors import FetchRefused, SourceChanged
from ingest.sources.base import Client, FetchedDocument, SourceSettings
from ingest.sources.ocds.branch import Branch
from ingest.sources.ocds.package import read_package

LONGEST_VISIT = 120.0  # seconds
MOST_PACKAGES = 100


def fetch_packages(
    source: SourceSettings, client: Client, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[FetchedDocument]:
    """Yield packages until one names no next, one comes again or the visit has lasted long enough."""
    until = clock() + LONGEST_VISIT
    seen: set[str] = set()
    url: str | None = source.address
    while url is not None and url not in seen and len(seen) < MOST_PACKAGES:
        if clock() >= until:
            client.leave_off()
            return
        seen.add(url)
        document = client.get(url)
        yield document
        url = _next_package(document, source.address)


def _next_package(document: FetchedDocument, address: str) -> str | None:
    try:
        part = next(read_package(document.body), None)
    except SourceChanged:  # parse() will say so
        return None
    if not isinstance(part, Branch):
        return None
    link = part.words("links/next") or next(
        (link.words("href") for link in part.each("links") if link.words("rel") == "next"), ""
    )
    if not link.strip():
        return None
    url = urljoin(document.url, link.strip())
    if urlsplit(url)[:2] != urlsplit(address)[:2]:
        raise FetchRefused(f"{url} isn't on the publisher's site")
    return url

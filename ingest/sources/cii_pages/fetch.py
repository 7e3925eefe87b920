"""Through the list of notices, page by page, to the page of each."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from ingest.errors import FetchRefused, SourceChanged
from ingest.reading.channel_words import channel_fact
from ingest.reading.markup import headed_tables
from ingest.sources.base import Client, FetchedDocument, SourceSettings
from ingest.sources.captcha import shows_captcha, stop_at_captcha
from ingest.sources.cii_pages.members import MembersClient
from ingest.sources.cii_pages.notice import layout_of_notice, read_page

log = logging.getLogger(__name__)

# A poll ends before its task's time limit.
LONGEST_VISIT = 120.0  # seconds
_MOST_PAGES = 200


def fetch_notices(
    source: SourceSettings, client: Client, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[FetchedDocument]:
    """Yield every notice's page, as the list orders them. A notice taken down meanwhile is passed over.

    Raise SourceChanged if the address leads to no list, so that a new layout is never "nothing new", and if
    the list begins to repeat itself.
    """
    until = clock() + LONGEST_VISIT
    members = MembersClient(client, source)
    for url in _notice_urls(source.address, members):
        if clock() > until:
            client.leave_off()
            return
        try:
            page = members.get(url)
        except SourceChanged as failure:
            log.warning("notice page not fetched: %s", failure)
            continue
        if shows_captcha(page) and layout_of_notice(read_page(page.body)) is None:
            stop_at_captcha(page)
        yield page


def _notice_urls(address: str, members: MembersClient) -> Iterator[str]:
    """Each notice once. A page that only repeats the pages before it is no page of the list."""
    visited: set[str] = set()
    seen: set[str] = set()
    next_url: str | None = address
    while next_url is not None and next_url not in visited and len(visited) < _MOST_PAGES:
        visited.add(next_url)
        listing = members.get(next_url)
        page = read_page(listing.body)
        links = _links(page)
        if links is None:
            stop_at_captcha(listing)
            raise SourceChanged(f"{next_url} holds no table with a column for the notice number")
        urls = dict.fromkeys(_on_the_site(listing.url, link, address) for link in links)
        if urls and urls.keys() <= seen:
            raise SourceChanged(f"{next_url} repeats what the pages before it list: its paging is broken")
        yield from (url for url in urls if url not in seen)
        seen |= urls.keys()
        following = page.find("a", rel="next", href=True)
        next_url = _on_the_site(listing.url, following, address) if isinstance(following, Tag) else None


def _links(page: BeautifulSoup) -> list[Tag] | None:
    """The link of each row in the list of notices; None if there is no such list."""
    for table in headed_tables(page):
        if "notice_no" in map(channel_fact, table.columns):
            return [link for row in table.rows if isinstance(link := row.find("a", href=True), Tag)]
    return None


def _on_the_site(base: str, link: Tag, address: str) -> str:
    url = urljoin(base, str(link["href"]))
    if urlsplit(url)[:2] != urlsplit(address)[:2]:
        raise FetchRefused(f"{url} isn't on the channel's site")
    return url

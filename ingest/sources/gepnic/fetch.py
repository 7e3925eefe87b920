"""Through a GePNIC portal by the one way without a captcha: organisations, their lists, the tenders."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from ingest.errors import CaptchaShown, FetchRefused, IngestError, SourceChanged, SourceUnavailable
from ingest.reading.dates import read_published
from ingest.reading.list_tables import cells_of, read_page, words_of
from ingest.reading.tender_list import TenderList
from ingest.reading.words import NotUnderstood
from ingest.sources.base import Client, FetchedDocument, SourceSettings
from ingest.sources.captcha import shows_captcha, stop_at_captcha
from ingest.sources.gepnic.index import find_index, organisations
from ingest.sources.gepnic.layout import layout_of_page
from ingest.sources.gepnic.listing import find_listing, tender_link, tender_rows
from ingest.sources.gepnic.words import (
    APPLICATION_PATHS,
    NEXT_PAGE_LINK,
    OPEN_PAGES,
    ORGANISATIONS,
    STALE_SESSION,
)
from ingest.sources.web import absolute, without_session

log = logging.getLogger(__name__)

# A poll ends before its task's time limit. What is left waits for the next one.
LONGEST_VISIT = 120.0  # seconds; the last request may wait and take a minute each
_MOST_PAGES_OF_A_LIST = 50
# What is wrong with one page and needn't be with the next.
_ONE_PAGE_ONLY = (SourceChanged, FetchRefused)


def fetch_tenders(
    source: SourceSettings,
    client: Client,
    *,
    now: datetime,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[FetchedDocument]:
    """Yield the lists of all organisations, then the tenders' own pages, the newest tender first.

    A portal too large for one visit is read over several, each going on where the last one left off.
    """
    until = clock() + LONGEST_VISIT
    visit = _Visit(source.address, client)
    tenders: dict[str, datetime] = {}
    for document in visit.lists(resume_at=source.resume_at):
        yield document
        tenders |= _tenders_in(document, now=now)
        if clock() > until and visit.next_list:
            client.leave_off(visit.next_list)
            return
    for url in sorted(tenders, key=lambda url: tenders[url], reverse=True):
        if clock() > until:
            return
        if page := visit.try_page(url):
            yield page


class _Visit:
    """One session on one portal, which may end while it lasts: then one new one is begun."""

    def __init__(self, address: str, client: Client) -> None:
        self._client = client
        self._host: str | None = None  # known once we are in: an entrance may redirect
        self._entrances = _entrances(address)
        self._entrance = self._entrances[0]
        self.next_list = ""  # whose list comes next; "" after the last

    def lists(self, *, resume_at: str) -> Iterator[FetchedDocument]:
        """The page at the source's address if it is a list, else the list of each organisation on it.

        Those before the organisation named ``resume_at`` are passed over, if the portal still has it.
        """
        entrance = self._enter()
        self._host = urlsplit(entrance.url).netloc
        page = read_page(entrance.body)
        index = find_index(page)
        if index is None:
            yield entrance
            yield from self._further_pages(entrance)
            return
        found = organisations(index, entrance.url)
        if not found:
            raise SourceChanged("the index of organisations names none")
        names = [organisation.name for organisation in found]
        left = found[names.index(resume_at) :] if resume_at in names else found
        failures: list[IngestError] = []
        following = [*(organisation.name for organisation in left[1:]), ""]
        for organisation, self.next_list in zip(left, following, strict=True):
            try:
                yield self.page(organisation.listing_url)
            except CaptchaShown:
                raise
            except _ONE_PAGE_ONLY as failure:
                log.warning("list of %s not fetched: %s", organisation.name, failure)
                failures.append(failure)
        if len(failures) == len(left):
            raise failures[0]

    def try_page(self, url: str) -> FetchedDocument | None:
        """A tender's page, or None if it has gone, as those of withdrawn tenders do."""
        try:
            return self.page(url)
        except CaptchaShown:
            raise
        except _ONE_PAGE_ONLY as failure:
            log.warning("tender page not fetched: %s", failure)
            return None

    def page(self, url: str) -> FetchedDocument:
        _check(url, host=self._host)
        document = self._get(url)
        if STALE_SESSION.search(document.body):
            self._get(self._entrance)
            document = self._get(url)
            if STALE_SESSION.search(document.body):
                raise SourceUnavailable(f"the portal ends our session again and again at {url}")
        if shows_captcha(document) and layout_of_page(read_page(document.body)) is None:
            stop_at_captcha(document)
        return document

    def _enter(self) -> FetchedDocument:
        for entrance in self._entrances[:-1]:
            self._entrance = entrance
            try:
                return self.page(entrance)
            except SourceChanged:
                continue
        self._entrance = self._entrances[-1]
        return self.page(self._entrance)

    def _further_pages(self, document: FetchedDocument) -> Iterator[FetchedDocument]:
        """Lists by date show ten tenders a page."""
        for _ in range(_MOST_PAGES_OF_A_LIST):
            links = (link for link in read_page(document.body).iter("a") if _is_forward(link))
            url = next((absolute(document.url, link.get("href")) for link in links), None)
            if url is None:
                return
            document = self.page(url)
            yield document

    def _get(self, url: str) -> FetchedDocument:
        document = self._client.get(url)
        return replace(document, url=without_session(document.url))


def _entrances(address: str) -> tuple[str, ...]:
    """Where to begin: the address itself, or the organisation index of the portal it names."""
    parts = urlsplit(address)
    if parts.query or parts.path.strip("/") not in ("", "nicgep", "eprocure", "nicgep/app", "eprocure/app"):
        return (address,)
    named = [path for path in APPLICATION_PATHS if path.split("/")[1] == parts.path.strip("/").split("/")[0]]
    base = f"{parts.scheme}://{parts.netloc}"
    return tuple(f"{base}{path}?page={ORGANISATIONS}&service=page" for path in named or APPLICATION_PATHS)


def _check(url: str, *, host: str | None) -> None:
    """Refuse pages behind a captcha, and links that lead off the portal."""
    parts = urlsplit(url)
    if host not in (None, parts.netloc):
        raise FetchRefused(f"{url} isn't on the portal {host}")
    page = parse_qs(parts.query).get("page", [None])[0]
    if page is not None and page not in OPEN_PAGES:
        raise FetchRefused(f"{url} stands behind a captcha, or leads to one")


def _is_forward(link: HtmlElement) -> bool:
    return NEXT_PAGE_LINK.match(link.get("id") or "") is not None


def _tenders_in(document: FetchedDocument, *, now: datetime) -> dict[str, datetime]:
    """The tenders' own pages that a list links to, and when each tender was published."""
    listing = find_listing(read_page(document.body))
    if listing is None:
        return {}
    found = {}
    for row in tender_rows(listing):
        url = tender_link(row, document.url)
        if url and urlsplit(url).netloc == urlsplit(document.url).netloc:
            found[url] = _published(listing, row) or now
    return found


def _published(listing: TenderList, row: HtmlElement) -> datetime | None:
    for fact, cell in zip(listing.facts, cells_of(row), strict=True):
        if fact == "published_at":
            try:
                return read_published(words_of(cell))
            except NotUnderstood:
                return None
    return None

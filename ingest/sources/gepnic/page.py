"""The parts that all GePNIC pages are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from ingest.reading.decoding import decode
from ingest.reading.words import tidy
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.gepnic.words import PAGER_CLASS, PAGER_LINKS

# Neither an address in digits nor a bare "localhost".
_NAME_OF_A_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2}[\w-]*", re.IGNORECASE)
_CELLS = ("td", "th")


@dataclass(frozen=True, slots=True)
class ListTable:
    """A table under a row of headings. Both lists and documents of a tender come in such tables."""

    columns: tuple[str, ...]
    rows: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class PlaceOnTheWeb:
    publisher: str  # the portal's host name, or what the source says
    url: str | None  # the page's own address
    base: str | None  # what its links are relative to


def read_page(body: bytes) -> BeautifulSoup:
    """The whole page."""
    return BeautifulSoup(decode(body), "lxml")


def read_list(body: bytes) -> BeautifulSoup:
    """Only what stands in tables with the id that lists have: a fraction of the work of the whole page."""
    return BeautifulSoup(decode(body), "lxml", parse_only=SoupStrainer("table", id="table"))


def list_tables(page: Tag) -> Iterator[ListTable]:
    """Every table with a row of headings of its own; not the tables laid out around or inside it."""
    for table in page.find_all("table"):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        for number, row in enumerate(rows[:3]):
            if _is_heading(row):
                yield ListTable(tuple(text_of(cell) for cell in cells_of(row)), tuple(rows[number + 1 :]))
                break


def cells_of(row: Tag) -> list[Tag]:
    # Not find_all(): on long lists its filters take longer than parsing the page.
    return [cell for cell in row.children if isinstance(cell, Tag) and cell.name in _CELLS]


def text_of(tag: Tag) -> str:
    """What a reader sees; comments, with whatever templates left in them, are no text."""
    return tidy(tag.get_text())


def links_of(part: Tag) -> list[Tag]:
    """Links with something to read in them."""
    tags = (tag for tag in part.descendants if isinstance(tag, Tag))
    return [tag for tag in tags if tag.name == "a" and tag.get("href") and tag.get_text(strip=True)]


def is_pager(row: Tag) -> bool:
    return bool(row.find(class_=PAGER_CLASS) or row.find("a", id=PAGER_LINKS))


def place_on_the_web(document: FetchedDocument, source: SourceSettings) -> PlaceOnTheWeb:
    """A page that came as a file stands nowhere; its links then count from the source's address.

    A portal is known by its host name. On this machine there is none: there the source says which it is.
    """
    if _is_web(document.url):
        host = urlsplit(document.url).hostname or ""
        publisher = host if _NAME_OF_A_HOST.fullmatch(host) else source.publisher or host
        return PlaceOnTheWeb(publisher, document.url, document.url)
    return PlaceOnTheWeb(source.publisher, None, source.address if _is_web(source.address) else None)


def absolute(address: str | None, link: object) -> str | None:
    """A link as anyone can follow it: without the session it was shown in."""
    if address is None or not isinstance(link, str) or not link.strip():
        return None
    try:
        url = without_session(urljoin(address, link.strip()))
    except ValueError:
        return None
    return url if _is_web(url) else None


def without_session(url: str) -> str:
    """The address without Tapestry's ``;jsessionid=…``, which differs each time."""
    path, mark, rest = url.partition(";jsessionid=")
    return path + "".join(rest.partition("?")[1:]) if mark else url


def _is_heading(row: Tag) -> bool:
    classes = row.get("class") or ()
    cells = cells_of(row)
    return len(cells) > 1 and ("list_header" in classes or all(cell.name == "th" for cell in cells))


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))

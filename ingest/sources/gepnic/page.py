"""The parts that all GePNIC pages are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.reading.decoding import decode
from ingest.reading.words import tidy
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.gepnic.words import PAGER_CLASS, PAGER_LINKS

# Neither an address in digits nor a bare "localhost".
_NAME_OF_A_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2}[\w-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListTable:
    """A table under a row of headings. Both lists and documents of a tender come in such tables."""

    columns: tuple[str, ...]
    rows: tuple[HtmlElement, ...]


@dataclass(frozen=True, slots=True)
class PlaceOnTheWeb:
    publisher: str  # the portal's host name, or what the source says
    url: str | None  # the page's own address
    base: str | None  # what its links are relative to


def read_page(body: bytes) -> HtmlElement:
    """The page without comments (templates leave rows in them) and scripts.

    Nesting ends at the depth where libxml2 stops, so that looking up and down the tree costs little.
    """
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    text = decode(body).replace("\x00", "")
    try:
        page = document_fromstring(text.encode(errors="replace") or b" ", parser=parser)
    except ParserError:  # nothing in it that could be an element
        return document_fromstring("<html></html>", parser=parser)
    for script in list(page.iter("script", "style")):
        script.drop_tree()
    return page


def list_tables(page: HtmlElement) -> Iterator[ListTable]:
    """Every table with a row of headings of its own; not the tables laid out around or inside it."""
    rows_of: dict[HtmlElement, list[HtmlElement]] = {}
    for row in page.iter("tr"):
        if (table := next(row.iterancestors("table"), None)) is not None:
            rows_of.setdefault(table, []).append(row)
    for rows in rows_of.values():
        for number, row in enumerate(rows[:3]):
            if _is_heading(row):
                yield ListTable(tuple(text_of(cell) for cell in cells_of(row)), tuple(rows[number + 1 :]))
                break


def cells_of(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def words_of(part: HtmlElement) -> str:
    """What a reader sees, with the page's white space."""
    return "".join(part.itertext())


def text_of(part: HtmlElement) -> str:
    """What a reader sees."""
    return tidy(words_of(part))


def row_text(row: HtmlElement) -> str:
    """All cells of a row, told apart by blanks."""
    return tidy(" ".join(row.itertext()))


def has_class(part: HtmlElement, name: str) -> bool:
    return name in (part.get("class") or "").split()


def links_of(part: HtmlElement) -> list[HtmlElement]:
    """Links with something to read in them."""
    return [link for link in part.iter("a") if link.get("href") and text_of(link)]


def is_pager(row: HtmlElement) -> bool:
    is_footer = any(has_class(part, PAGER_CLASS) for part in row.iter())
    return is_footer or any(PAGER_LINKS.match(link.get("id") or "") for link in row.iter("a"))


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


def _is_heading(row: HtmlElement) -> bool:
    cells = cells_of(row)
    return len(cells) > 1 and (has_class(row, "list_header") or all(cell.tag == "th" for cell in cells))


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))

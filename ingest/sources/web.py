"""Where a page stands on the web, and where its links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from ingest.sources.base import FetchedDocument, SourceSettings

# Neither an address in digits nor a bare "localhost".
_NAME_OF_A_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2}[\w-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceOnTheWeb:
    publisher: str  # the portal's host name, or what the source says
    url: str | None  # the page's own address
    base: str | None  # what its links are relative to


def place_on_the_web(document: FetchedDocument, source: SourceSettings) -> PlaceOnTheWeb:
    """A page that came as a file stands nowhere; its links then count from the source's address.

    A portal is known by its host name. On this machine there is none: there the source says which it is.
    """
    if is_web(document.url):
        host = urlsplit(document.url).hostname or ""
        publisher = host if _NAME_OF_A_HOST.fullmatch(host) else source.publisher or host
        return PlaceOnTheWeb(publisher, document.url, document.url)
    return PlaceOnTheWeb(source.publisher, None, source.address if is_web(source.address) else None)


def absolute(address: str | None, link: object) -> str | None:
    """A link as anyone can follow it: without the session it was shown in."""
    if address is None or not isinstance(link, str) or not link.strip():
        return None
    try:
        url = without_session(urljoin(address, link.strip()))
    except ValueError:
        return None
    return url if is_web(url) else None


def without_session(url: str) -> str:
    """The address without Tapestry's ``;jsessionid=…``, which differs each time."""
    path, mark, rest = url.partition(";jsessionid=")
    return path + "".join(rest.partition("?")[1:]) if mark else url


def is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))

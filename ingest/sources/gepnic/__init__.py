"""Portals that run GePNIC, the software of India's Central Public Procurement Portal and most states."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from lxml.html import HtmlElement

from ingest.errors import SourceChanged, SourceUnavailable
from ingest.reading.list_tables import has_class, read_page, text_of
from ingest.sources.base import Client, FetchedDocument, SourceSettings, sha256
from ingest.sources.gepnic.detail import find_fields, read_detail
from ingest.sources.gepnic.fetch import fetch_tenders
from ingest.sources.gepnic.index import find_index
from ingest.sources.gepnic.layout import layout_of_page
from ingest.sources.gepnic.listing import find_listing, read_listing
from ingest.sources.gepnic.words import CAPTCHA, CENTRAL_PORTAL, STALE_SESSION
from ingest.sources.web import place_on_the_web
from ingest.watching.layout import Layout
from opportunities.parsed_notice import ParsedNotice, Unreadable


class GepnicAdapter:
    kind = "gepnic"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        return fetch_tenders(source, client, now=now)

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
        if STALE_SESSION.search(document.body):
            raise SourceUnavailable("the portal had ended the session when this page was fetched")
        if CENTRAL_PORTAL.search(document.body):
            raise SourceChanged(
                "this is a list of the central portal (CPPP): hand it to a source of the kind cppp"
            )
        where = place_on_the_web(document, source)
        page = read_page(document.body)
        if listing := find_listing(page):
            yield from read_listing(listing, where)
        elif fields := find_fields(document.body):
            yield read_detail(fields, where)
        elif find_index(page) is None:
            raise SourceChanged(_what_is_missing(document))

    def fingerprint(self, document: FetchedDocument) -> str:
        """A hash of the words in the page's tables of facts.

        The rest changes with every request: a visitor counter, the date, session tokens in links.
        """
        tables = list(read_page(document.body).iter("table"))
        for name in ("tablebg", "list_table"):
            if told := [text_of(table) for table in tables if _is_outermost(table, name)]:
                return hashlib.sha256("\n".join(told).encode()).hexdigest()
        return sha256(document.body)

    def layout(self, document: FetchedDocument) -> Layout | None:
        return layout_of_page(read_page(document.body))


def _is_outermost(table: HtmlElement, name: str) -> bool:
    around = table.iterancestors("table")
    return has_class(table, name) and not any(has_class(other, name) for other in around)


def _what_is_missing(document: FetchedDocument) -> str:
    missing = (
        "the page holds no list of tenders (headings for title, reference number and tender ID), "
        "no tender (captions Tender ID and Title) and no list of organisations"
    )
    return missing + (", but it asks for a captcha" if CAPTCHA.search(document.body) else "")

"""A source is two halves: one touches the network, one is a pure function of bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from ingest.reading.columns.plan import NO_PLANS, ConfirmedPlans, TableFound
from ingest.watching.layout import Layout
from opportunities.parsed_notice import ParsedNotice, Unreadable


@dataclass(frozen=True, slots=True)
class Access:
    """What this installation may show a source to be let in. Never stored, never logged."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    allow_loopback: bool = False
    authority: str = ""  # a file with certificates to trust beside the usual ones


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What an adapter must know of the source it reads: the row of ``Source``, without the database."""

    slug: str
    address: str  # where fetch begins: a URL, or a folder for mail that is dropped there
    publisher: str  # whose process numbers these are, where a document doesn't say
    access: Access = Access()
    # Where the last visit left off, in the adapter's own words; "" for the beginning.
    resume_at: str = ""
    columns: ConfirmedPlans = NO_PLANS  # how the office has mapped the columns of its tables


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """Bytes as they came, and where they came from."""

    url: str
    media_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class Client(Protocol):
    """The polite client as an adapter sees it; ``ingest.sources.http`` makes one."""

    def get(self, url: str) -> FetchedDocument:
        """Fetch one page. Raise SourceUnavailable, SourceChanged (404, 410) or FetchRefused."""

    def post(self, url: str, form: Mapping[str, str]) -> FetchedDocument:
        """Send a form and return the page that answers. Raises as ``get`` does."""

    def carry(self, token: str, *, to: str) -> None:
        """Show a bearer token from now on to the site of that address, and to nobody else."""

    def kept(self, url: str) -> FetchedDocument | None:
        """What we have from an address already, for documents that can't have changed since."""

    def leave_off(self, at: str = "") -> None:
        """Say that the visit ends before all was seen, and where the next one goes on; "" for nowhere."""


class SourceAdapter(Protocol):
    """One kind of source. Stateless: one instance serves all workers."""

    kind: str

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        """Yield the documents worth looking at. Raise SourceUnavailable if a retry may help."""

    def parse(
        self, document: FetchedDocument, source: SourceSettings
    ) -> Iterator[ParsedNotice | Unreadable | TableFound]:
        """Yield each notice in a document, or why it can't be read. Pure and lazy: rows are not collected.

        A table whose columns had to be guessed or are mapped comes before its notices.

        Raise SourceUnavailable for a page that stands for "try again" (a stale session),
        SourceChanged if it isn't the document we know.
        """

    def fingerprint(self, document: FetchedDocument) -> str:
        """What makes two fetches the same document: a hash of the part that says something.

        Usually of all the bytes. Pages with a visitor counter or session tokens leave those out.
        """

    def layout(self, document: FetchedDocument) -> Layout | None:
        """How a page is built, whatever it says; None for prose, and for what isn't a page of the source.

        Pure, and told of pages that ``parse`` refuses as well: those are the ones that have changed.
        """


class BytesFingerprint:
    """For sources whose bytes stay the same while their content does."""

    def fingerprint(self, document: FetchedDocument) -> str:
        return sha256(document.body)


class WithoutLayout:
    """For sources whose documents each look as whoever wrote them likes."""

    def layout(self, document: FetchedDocument) -> Layout | None:
        del document
        return None


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


# Raised whenever a parser reads something else out of the same bytes, so that it can be read again.
PARSER_VERSION = "2026.3"

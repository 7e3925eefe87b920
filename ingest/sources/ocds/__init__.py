"""Open contracting data (OCDS 1.1): releases alone, in packages, in records, or one a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from ingest.errors import SourceChanged
from ingest.sources.base import Client, FetchedDocument, SourceSettings, sha256
from ingest.sources.ocds.branch import Branch
from ingest.sources.ocds.fetch import fetch_packages
from ingest.sources.ocds.package import BrokenLine, publisher_of, read_package, releases_in
from ingest.sources.ocds.release import read_release
from ingest.watching.layout import Layout, PageType, layout_of
from opportunities.parsed_notice import ParsedNotice, Unreadable

_DESCRIBED = ("", "tender/")


class OcdsAdapter:
    kind = "ocds"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        return fetch_packages(source, client)

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
        publisher = source.publisher
        for number, part in enumerate(read_package(document.body), start=1):
            if isinstance(part, BrokenLine):
                yield Unreadable(part.place, "", part.reason)
                continue
            publisher = publisher_of(part) or source.publisher
            for place, release in releases_in(part, number):
                yield read_release(release, place, publisher=publisher)

    def fingerprint(self, document: FetchedDocument) -> str:
        """A hash of what is published. Packages also say when they were put together, at each request."""
        try:
            parts = list(read_package(document.body))
            for name in ("releases", "records"):
                if len(parts) == 1 and isinstance(parts[0], Branch) and (found := parts[0].each(name)):
                    told = json.dumps([branch.value for branch in found], sort_keys=True)
                    return hashlib.sha256(told.encode()).hexdigest()
        except (SourceChanged, RecursionError):  # parse() will say so
            pass
        return sha256(document.body)

    def layout(self, document: FetchedDocument) -> Layout | None:
        """The names that its releases use for what they say, one level deep."""
        names: dict[str, None] = {}
        for release in _releases(document.body):
            for path in _DESCRIBED:
                names |= dict.fromkeys(path + name for name in _names(release, path))
        if not names:
            return None
        return layout_of(PageType.PACKAGE, "release", names, has_all_labels=False)


def _releases(body: bytes) -> Iterator[Branch]:
    try:
        for number, part in enumerate(read_package(body), start=1):
            if isinstance(part, Branch):
                yield from (release for _, release in releases_in(part, number))
    except (SourceChanged, RecursionError):  # parse() will say so
        return


def _names(release: Branch, path: str) -> list[str]:
    value = release.at(path.rstrip("/")).value if path else release.value
    return list(value) if isinstance(value, dict) else []

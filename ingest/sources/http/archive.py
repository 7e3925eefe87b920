"""What the client may ask about pages fetched before, so that an unchanged one needn't be sent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ingest.sources.base import FetchedDocument


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a page, to be shown it the next time: RFC 9110, section 8.8."""

    etag: str
    last_modified: str

    def as_headers(self) -> dict[str, str]:
        """The header fields that ask for the page only if it is another one."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


class Archive(Protocol):
    def validators(self, url: str) -> Validators | None:
        """Those of the latest document from this address; None where there are none."""

    def document(self, url: str) -> FetchedDocument:
        """The document that ``validators`` spoke of."""


class NothingKept:
    """For what has no past: every page is sent in full."""

    def validators(self, url: str) -> None:
        del url

    def document(self, url: str) -> FetchedDocument:
        raise LookupError(url)

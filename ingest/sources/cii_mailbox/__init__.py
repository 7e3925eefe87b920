"""The consortium channel's bulletins, as mail. For now from a folder that the mail is dropped in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ingest.sources.base import BytesFingerprint, Client, FetchedDocument, SourceSettings
from ingest.sources.cii_mailbox.bulletin import read_bulletin
from ingest.sources.cii_mailbox.fetch import fetch_messages
from ingest.sources.cii_mailbox.message import read_message
from opportunities.parsed_notice import ParsedNotice, Unreadable


class CiiMailboxAdapter(BytesFingerprint):
    kind = "cii_mailbox"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        return fetch_messages(source)

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
        return read_bulletin(read_message(document.body), source)

"""The consortium channel's bulletins, as mail: from a mailbox, or a folder that the mail is dropped in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ingest.reading.columns.plan import TableFound
from ingest.sources.base import BytesFingerprint, Client, FetchedDocument, SourceSettings, WithoutLayout
from ingest.sources.cii_mailbox.bulletin import read_bulletin
from ingest.sources.cii_mailbox.fetch import fetch_messages
from ingest.sources.cii_mailbox.imap import fetch_mailbox
from ingest.sources.cii_mailbox.left_out import refuse_left_out
from ingest.sources.cii_mailbox.mailbox_address import is_mailbox
from ingest.sources.cii_mailbox.message import read_message
from opportunities.parsed_notice import ParsedNotice, Unreadable


class CiiMailboxAdapter(BytesFingerprint, WithoutLayout):
    kind = "cii_mailbox"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        if is_mailbox(source.address):
            return fetch_mailbox(source, client)
        return fetch_messages(source)

    def parse(
        self, document: FetchedDocument, source: SourceSettings
    ) -> Iterator[ParsedNotice | Unreadable | TableFound]:
        refuse_left_out(document)
        return read_bulletin(read_message(document.body), source)

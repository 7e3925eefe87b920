"""What the office hands in: files of tenders, mails it was sent, text it pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from ingest.errors import SourceChanged
from ingest.reading.columns.plan import TableFound, TableState
from ingest.reading.decoding import decode
from ingest.sources.base import BytesFingerprint, Client, FetchedDocument, SourceSettings, WithoutLayout
from ingest.sources.cii_mailbox.bulletin import read_bulletin, read_pdf
from ingest.sources.cii_mailbox.items import split_items
from ingest.sources.cii_mailbox.message import Message, message_of_page, message_of_text, read_message
from ingest.sources.cii_mailbox.pdf_pages import is_pdf
from ingest.sources.files import read_file
from opportunities.parsed_notice import ParsedNotice, Unreadable

_LONGEST_TEXT = 1024 * 1024  # bytes
_MOST_TAGS = 20_000  # a mail's page has some hundreds
# A message begins with headers, and somebody has sent it.
_HEADER = re.compile(
    rb"(?:return-path|received|delivered-to|from|date|subject|to|message-id|mime-version|x-[\w-]+|arc-[\w-]+"
    rb"|dkim-signature|reply-to|content-type):",
    re.IGNORECASE,
)
_SENDER = re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE)
_HEADERS_END_BEFORE = 50_000  # bytes


class UploadAdapter(BytesFingerprint, WithoutLayout):
    kind = "upload"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        """Nothing: files are handed in."""
        return iter(())

    def parse(
        self, document: FetchedDocument, source: SourceSettings
    ) -> Iterator[ParsedNotice | Unreadable | TableFound]:
        if _HEADER.match(document.body) and _SENDER.search(document.body, 0, _HEADERS_END_BEFORE):
            yield from read_bulletin(read_message(document.body), source)
            return
        if is_pdf(document.body):
            yield from read_pdf(document.body, source)
            return
        notices = read_file(document, source)
        try:
            first = next(notices, None)
        except SourceChanged:
            message = _copied_out(document.body)
            if message is None:
                raise
            yield from read_bulletin(message, source)
            return
        # A bulletin's own table is no table of an office's, though its columns could be asked about.
        if isinstance(first, TableFound) and first.state is TableState.WAITING:
            message = _copied_out(document.body)
            if message is not None:
                yield from read_bulletin(message, source)
                return
        if first is not None:
            yield from chain([first], notices)


def _copied_out(body: bytes) -> Message | None:
    """A bulletin copied out of a mail or a page; None if it is none, or too large for one."""
    if len(body) > _LONGEST_TEXT:
        return None
    text = decode(body).replace("\x00", "")
    is_page = text.lstrip("\ufeff \t\r\n").startswith("<")
    if is_page and text.count("<") > _MOST_TAGS:
        return None
    message = message_of_page(text) if is_page else message_of_text(text)
    return message if split_items(message.lines) or message.tables else None

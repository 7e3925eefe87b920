"""Files that the office hands in: CSV, JSON lines or JSON lists of tenders, also compressed with gzip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

from ingest.errors import SourceChanged
from ingest.reading.words import excerpt
from ingest.sources.base import BytesFingerprint, Client, FetchedDocument, SourceSettings
from ingest.sources.upload.columns import columns_of, what_is_missing
from ingest.sources.upload.row import BadRow, Row
from ingest.sources.upload.rows import rows_of
from ingest.sources.upload.unpacking import open_text
from opportunities.parsed_notice import ParsedNotice, Unreadable

# Rows looked at before a file is called one we don't know: JSON objects may leave out what they don't state.
_ROWS_TO_JUDGE_BY = 10


class UploadAdapter(BytesFingerprint):
    kind = "upload"

    def fetch(self, source: SourceSettings, client: Client, *, now: datetime) -> Iterator[FetchedDocument]:
        """Nothing: files are handed in."""
        return iter(())

    def parse(self, document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
        rows = rows_of(open_text(document.body))
        first = list(islice(rows, _ROWS_TO_JUDGE_BY))
        good = [row for row in first if isinstance(row, Row)]
        if not any(columns_of(row.names).is_sufficient for row in good):
            raise SourceChanged(what_is_missing(first))
        for row in chain(first, rows):
            yield _read(row, publisher=source.publisher)


def _read(row: Row | BadRow, *, publisher: str) -> ParsedNotice | Unreadable:
    if isinstance(row, BadRow):
        return Unreadable(row.place, excerpt(row.words), row.reason)
    return columns_of(row.names).read(row, publisher=publisher)

"""Files of tenders, whether handed in or attached to a mail: workbooks, tables, saved pages,
open contracting data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from ingest.errors import SourceChanged
from ingest.reading.words import excerpt
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.files.columns import columns_of, what_is_missing
from ingest.sources.files.package import is_package, read_packages
from ingest.sources.files.page import check_page, read_portal_page, rows_of_page
from ingest.sources.files.row import BadRow, Row
from ingest.sources.files.rows import rows_of
from ingest.sources.files.unpacking import open_text
from ingest.sources.files.workbook import WORKBOOKS, rows_of_workbook
from opportunities.parsed_notice import ParsedNotice, Unreadable

# Rows looked at before a file is called one we don't know: JSON objects may leave out what they don't state.
_ROWS_TO_JUDGE_BY = 10


def read_file(document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
    """Yield each notice in a file, by what its bytes are. Raise SourceChanged if it holds none we know."""
    if is_package(document.body):
        yield from read_packages(document, source)
        return
    if _begins(document.body, b"<"):
        markup = check_page(document.body)
        read = read_portal_page(document, markup, source)
        if read is not None:
            yield from read
            return
        rows = rows_of_page(document.body)
    elif _begins(document.body, *WORKBOOKS):
        rows = rows_of_workbook(document.body)
    else:
        rows = rows_of(open_text(document.body))
    yield from read_rows(rows, source)


def read_rows(rows: Iterator[Row | BadRow], source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
    """Yield the notice in each row of a file. Raise SourceChanged if its columns are none we know."""
    first = list(islice(rows, _ROWS_TO_JUDGE_BY))
    good = [row for row in first if isinstance(row, Row)]
    if not any(columns_of(row.names).is_sufficient for row in good):
        raise SourceChanged(what_is_missing(first))
    for row in chain(first, rows):
        yield _read(row, publisher=source.publisher)


def _begins(body: bytes, *signs: bytes) -> bool:
    return body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(signs)


def _read(row: Row | BadRow, *, publisher: str) -> ParsedNotice | Unreadable:
    if isinstance(row, BadRow):
        return Unreadable(row.place, excerpt(row.words), row.reason)
    return columns_of(row.names).read(row, publisher=publisher)

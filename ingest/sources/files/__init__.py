"""Files of tenders, whether handed in or attached to a mail: workbooks, tables, saved pages,
open contracting data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.errors import SourceChanged
from ingest.reading.columns.plan import TableFound
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.files.package import is_package, read_packages
from ingest.sources.files.page import check_page, read_portal_page, tables_of_page
from ingest.sources.files.reading import nothing_in, nothing_in_page, read_tables
from ingest.sources.files.row import BadRow, Row
from ingest.sources.files.rows import table_of
from ingest.sources.files.table import tables_of_rows
from ingest.sources.files.unpacking import open_text
from ingest.sources.files.workbook import WORKBOOKS, tables_of_workbook
from opportunities.parsed_notice import ParsedNotice, Unreadable


def read_file(
    document: FetchedDocument, source: SourceSettings
) -> Iterator[ParsedNotice | Unreadable | TableFound]:
    """Yield each table in a file, by what its bytes are, and its notices behind it.

    Raise SourceChanged if it holds none, nor anything whose columns a person could tell us.
    """
    if is_package(document.body):
        yield from read_packages(document, source)
        return
    if _begins(document.body, b"<"):
        markup = check_page(document.body)
        read = read_portal_page(document, markup, source)
        if read is not None:
            yield from read
            return
        yield from read_tables(tables_of_page(document.body), source, otherwise=nothing_in_page)
    elif _begins(document.body, *WORKBOOKS):
        yield from read_tables(tables_of_workbook(document.body), source, otherwise=nothing_in)
    else:
        table = table_of(open_text(document.body))
        if not table.good:
            raise SourceChanged(nothing_in([table]))
        yield from read_tables(iter([table]), source, otherwise=nothing_in)


def read_rows(
    rows: Iterable[Row | BadRow], source: SourceSettings
) -> Iterator[ParsedNotice | Unreadable | TableFound]:
    """The same for rows that were found elsewhere, such as on the pages of a PDF; each names its columns."""
    tables = tables_of_rows(rows)
    if not any(table.good for table in tables):
        raise SourceChanged(nothing_in(tables))
    yield from read_tables(iter(tables), source, otherwise=nothing_in)


def _begins(body: bytes, *signs: bytes) -> bool:
    return body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(signs)

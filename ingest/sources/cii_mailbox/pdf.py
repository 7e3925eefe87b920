"""A PDF as a message: its lines by page, its tables, and the pages that can't be read."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.reading.pdf_layout import DAMAGED, IMAGE
from ingest.sources.cii_mailbox.message import Line, Message, Table, TableRow, bulletin_number
from ingest.sources.cii_mailbox.pdf_pages import PdfLine, PdfPage, read_pages, running_heads
from ingest.sources.cii_mailbox.pdf_tables import PdfTable, column_tables, ruled_tables
from ingest.sources.files.row import BadRow, Row
from opportunities.parsed_notice import Unreadable

_INDENT = 6.0  # points that are about one blank wide
_UNREAD_PAGES = {
    IMAGE: "the page is an image without text: type it in by hand",
    DAMAGED: "the page is damaged",
}


def message_of_pdf(body: bytes) -> Message:
    """Raise SourceChanged if the PDF can't be opened or holds no text at all, with the reason in words."""
    pages = read_pages(body)
    heads = running_heads(pages)
    lines = [line for page in pages for line in page.lines]
    ruled, in_rules = ruled_tables(pages)
    loose = [line for line in lines if (line.page, line.number) not in in_rules]
    columned, in_columns = column_tables(loose, heads)
    prose = [line for line in loose if (line.page, line.number) not in in_columns and line not in heads]
    tables = [*ruled, *columned]
    return Message(
        bulletin=bulletin_number("", tuple(_lines(lines[:_HEAD]))),
        sent_at=None,
        lines=tuple(_lines(prose)),
        tables=tuple(_table(table) for table in tables if table.is_of_channel),
        listed=tuple(row for table in tables if not table.is_of_channel for row in _rows(table)),
        unreadable=tuple(_unread(pages)),
    )


_HEAD = 10  # lines in which a bulletin gives its number


def _lines(lines: list[PdfLine]) -> Iterator[Line]:
    """Lines with the indent that they have on paper, by which items are told from what they hold."""
    margin = min((line.pieces[0].left for line in lines), default=0)
    for line in lines:
        indent = " " * round((line.pieces[0].left - margin) / _INDENT)
        yield Line(line.number, indent + line.words, line.page)


def _table(table: PdfTable) -> Table:
    return Table(
        table.columns,
        tuple(TableRow(row.place, " | ".join(row.cells), row.cells, row.reason) for row in table.rows),
    )


def _rows(table: PdfTable) -> Iterator[Row | BadRow]:
    for row in table.rows:
        if row.reason:
            yield BadRow(row.place, " | ".join(row.cells), row.reason)
        else:
            yield Row(row.place, table.columns, row.cells)


def _unread(pages: list[PdfPage]) -> Iterator[Unreadable]:
    for page in pages:
        if page.state in _UNREAD_PAGES:
            yield Unreadable(f"page {page.number}", "", _UNREAD_PAGES[page.state])

"""Tables of notices on the pages of a PDF: drawn with rules, or only set in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.reading.channel_words import channel_fact
from ingest.reading.pdf_layout import Piece, RuledRow, join_lines
from ingest.sources.cii_mailbox.message import names_notices
from ingest.sources.cii_mailbox.pdf_pages import PdfLine, PdfPage
from ingest.sources.files.columns import names_tenders

_HEADER_WITHIN = 3  # rows
_FEWEST_COLUMNS = 3
_NO_GUESS = "the columns run into one another, so the cells can't be told apart"


@dataclass(frozen=True, slots=True)
class PdfRow:
    place: str
    cells: tuple[str, ...]
    reason: str = ""  # why it can't be taken apart, if it can't


@dataclass(slots=True)
class PdfTable:
    columns: tuple[str, ...]
    rows: list[PdfRow] = field(default_factory=list)

    @property
    def is_of_channel(self) -> bool:
        """Whether the headings are the channel's. A portal's name no stage: all that it lists are tenders."""
        facts = set(map(channel_fact, self.columns))
        return bool(facts & {"stage", "kind"}) or not names_tenders(self.columns)


def is_header(cells: Sequence[str]) -> bool:
    return names_notices(cells) or names_tenders(cells)


def ruled_tables(pages: Iterable[PdfPage]) -> tuple[list[PdfTable], set[tuple[int, int]]]:
    """The tables that are drawn with rules, and (page, line) of all that stands in them.

    One that begins a page without headings of its own, in as many columns, carries on the last one.
    """
    tables: list[PdfTable] = []
    taken: set[tuple[int, int]] = set()
    for page in pages:
        for number, rows in enumerate(page.tables):
            table = _begun(tables, rows, may_carry_on=number == 0)
            if table is None:
                continue
            for row in rows:
                taken |= {(page.number, line) for line in range(row.line, row.last_line + 1)}
            table.rows += [
                PdfRow(f"page {page.number}, line {row.line}", row.cells)
                for row in _below_header(rows, table.columns)
            ]
    return tables, taken


def _begun(tables: list[PdfTable], rows: Sequence[RuledRow], *, may_carry_on: bool) -> PdfTable | None:
    header = next((row.cells for row in rows[:_HEADER_WITHIN] if is_header(row.cells)), None)
    last = tables[-1] if tables else None
    if last and (header == last.columns or (may_carry_on and not header and _as_wide(rows, last))):
        return last
    if header is None:
        return None
    tables.append(PdfTable(header))
    return tables[-1]


def _as_wide(rows: Sequence[RuledRow], table: PdfTable) -> bool:
    return len(rows[0].cells) == len(table.columns)


def _below_header(rows: Sequence[RuledRow], columns: tuple[str, ...]) -> Sequence[RuledRow]:
    at = next((n for n, row in enumerate(rows[:_HEADER_WITHIN]) if row.cells == columns), -1)
    return rows[at + 1 :]


def column_tables(
    lines: Iterable[PdfLine], ignored: set[PdfLine]
) -> tuple[list[PdfTable], set[tuple[int, int]]]:
    """Tables without rules among lines, each under a line of headings that stand apart."""
    found: list[_Columns] = []
    taken: set[tuple[int, int]] = set()
    current: _Columns | None = None
    for line in lines:
        names = tuple(piece.words for piece in line.pieces)
        if len(names) >= _FEWEST_COLUMNS and is_header(names):
            if current is None or current.table.columns != names:
                current = _Columns(line.pieces)
                found.append(current)
        elif line in ignored:
            continue
        elif current is None or not current.take(line):
            current = None
            continue
        taken.add((line.page, line.number))
    return [columns.finish() for columns in found], taken


class _Columns:
    """A table being read line by line under its headings."""

    def __init__(self, header: tuple[Piece, ...]) -> None:
        self.header = header
        self.table = PdfTable(tuple(piece.words for piece in header))
        self._place = ""
        self._row: list[list[str]] = []
        self._reason = ""

    def take(self, line: PdfLine) -> bool:
        """Take a line in; False if it belongs to the table no more."""
        columns = [list(self._columns_under(piece)) for piece in line.pieces]
        if len(columns) == 1 and len(columns[0]) != 1:
            return False
        filled = {under[0] for under in columns if under}
        if filled == {0} and not self._number_goes_on():
            return False
        if self._begins_row(filled):
            self._end_row()
            self._place = line.place
            self._row = [[] for _ in self.header]
        if not self._row:
            return False
        for piece, under in zip(line.pieces, columns, strict=True):
            self._row[under[0] if under else self._nearest(piece)].append(piece.words)
            if len(under) > 1:
                self._reason = _NO_GUESS
        return True

    def finish(self) -> PdfTable:
        self._end_row()
        return self.table

    def _number_goes_on(self) -> bool:
        """Whether the first column was broken for want of room; else only text can follow there."""
        return bool(self._row and self._row[0] and self._row[0][-1].endswith(("_", "/", "-")))

    def _begins_row(self, filled: set[int]) -> bool:
        """A row begins in its first column and fills others; what wraps fills only some."""
        return 0 in filled and len(filled) > len(self.header) / 2

    def _columns_under(self, piece: Piece) -> Iterator[int]:
        for number, head in enumerate(self.header):
            if piece.left < head.right and head.left < piece.right:
                yield number

    def _nearest(self, piece: Piece) -> int:
        return min(
            range(len(self.header)),
            key=lambda n: max(self.header[n].left - piece.right, piece.left - self.header[n].right),
        )

    def _end_row(self) -> None:
        if self._row:
            cells = tuple(join_lines(lines) for lines in self._row)
            self.table.rows.append(PdfRow(self._place, cells, self._reason))
        self._row, self._reason = [], ""

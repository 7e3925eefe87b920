"""How a stored table would be read by a plan that nobody has saved. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, takewhile

from ingest.errors import IngestError
from ingest.models import DocumentTable
from ingest.reading.columns.plan import ColumnPlan, TableFound
from ingest.services.columns import plans_in_force
from ingest.services.parse_document import read_document
from opportunities.parsed_notice import ParsedNotice, Unreadable

ROWS = 5


@dataclass(frozen=True, slots=True)
class TableLook:
    found: TableFound
    rows: tuple[ParsedNotice | Unreadable, ...]


def look_at_table(table: DocumentTable, plan: ColumnPlan | None = None) -> TableLook | None:
    """The table and its first rows as ``plan`` reads them; None if the document holds it no more."""
    columns = plans_in_force(table.document.source_id)
    if plan is not None:
        columns = columns.replacing(table.signature, plan)
    parts = read_document(table.document, columns)
    try:
        for part in parts:
            if isinstance(part, TableFound) and part.place[:300] == table.place:
                if part.signature != table.signature:
                    return None
                until_next = takewhile(lambda row: not isinstance(row, TableFound), parts)
                rows = tuple(row for row in islice(until_next, ROWS) if not isinstance(row, TableFound))
                return TableLook(part, rows)
    except IngestError:
        return None
    return None

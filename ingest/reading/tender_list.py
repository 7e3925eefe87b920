"""A portal's list of tenders as a table whose columns are known."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.errors import SourceChanged
from ingest.reading.list_tables import ListTable

# A list without these headings has changed so much that reading on would lose facts in silence.
_NEEDED = {"published_at": "the date of publication", "submission_deadline": "the closing date"}


@dataclass(frozen=True, slots=True)
class TenderList:
    """The table, and the fact that each of its columns holds (None: a column we don't need)."""

    table: ListTable
    facts: tuple[str | None, ...]


def tender_list(table: ListTable, facts: tuple[str | None, ...]) -> TenderList:
    """Take a table for a list of tenders. Raise SourceChanged if a column is gone that each must have."""
    if missing := [words for fact, words in _NEEDED.items() if fact not in facts]:
        columns = ", ".join(table.columns)
        raise SourceChanged(f"the list of tenders has no column for {' and '.join(missing)}: {columns}")
    return TenderList(table, facts)

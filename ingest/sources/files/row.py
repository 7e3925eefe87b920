"""One row of a table, before anyone asks what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    place: str  # "row 12", as a spreadsheet counts: the header is row 1
    names: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be taken apart into the columns of its table."""

    place: str
    words: str
    reason: str

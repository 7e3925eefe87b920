"""A table before its rows are read: its header, and enough of its rows to judge what its columns hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from ingest.sources.files.row import BadRow, Row

JUDGED_BY = 50  # rows
_SHOWN = 3  # values of each column
_FEWEST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Table:
    place: str  # "List", "table 2"; "" where the file is the table
    names: tuple[str, ...]
    first: tuple[Row | BadRow, ...]
    rest: Iterator[Row | BadRow]
    has_letters: bool = True  # whether its columns are called A, B, C

    @property
    def rows(self) -> Iterator[Row | BadRow]:
        """Every row, once."""
        return chain(self.first, self.rest)

    @property
    def good(self) -> list[Row]:
        return [row for row in self.first if isinstance(row, Row)]

    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The first values of each column."""
        if all(row.names == self.names for row in self.good):
            return tuple(tuple(row.values[at] for row in self.good) for at in range(len(self.names)))
        rows = [dict(zip(row.names, row.values, strict=True)) for row in self.good]
        return tuple(tuple(row.get(name, "") for row in rows) for name in self.names)

    def samples(self) -> tuple[tuple[str, ...], ...]:
        """The first values of each column that say something."""
        return tuple(tuple(islice((v for v in values if v.strip()), _SHOWN)) for values in self.columns())

    def could_list_notices(self, *, has_known_names: bool) -> bool:
        """Whether to ask a person what its columns hold: not of two lines with a comma in them."""
        named = sum(1 for name in self.names if name.strip())
        fewest = 1 if has_known_names else 2
        return named >= _FEWEST_COLUMNS and len(self.good) >= max(fewest, len(self.first) / 2)


def begin(
    place: str, names: tuple[str, ...], rows: Iterator[Row | BadRow], *, has_letters: bool = True
) -> Table:
    """The table with its first rows taken in."""
    return Table(place, names, tuple(islice(rows, JUDGED_BY)), rows, has_letters)


def tables_of_rows(rows: Iterable[Row | BadRow]) -> list[Table]:
    """A table for each header among rows that name their columns. A bad row stays with those before it."""
    groups: list[tuple[tuple[str, ...], list[Row | BadRow]]] = []
    ahead: list[Row | BadRow] = []  # bad rows before the first that names its columns
    for row in rows:
        if isinstance(row, Row) and (not groups or row.names != groups[-1][0]):
            groups.append((row.names, ahead))
            ahead = []
        (groups[-1][1] if groups else ahead).append(row)
    if ahead:
        groups.append(((), ahead))
    return [
        begin(f"table {number}" if len(groups) > 1 else "", names, iter(found), has_letters=False)
        for number, (names, found) in enumerate(groups, start=1)
    ]


def begin_unnamed(rows: Iterator[Row | BadRow]) -> Table:
    """The same for rows that each name their own columns, and may leave out what they don't state."""
    first = tuple(islice(rows, JUDGED_BY))
    names = dict.fromkeys(name for row in first if isinstance(row, Row) for name in row.names)
    return Table("", tuple(names), first, rows, has_letters=False)

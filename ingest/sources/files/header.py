"""Where a table's header stands: below titles, in one line or in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.reading.columns.header import is_named
from ingest.reading.words import tidy

LOOKED_AT = 20  # rows
_LONGEST_NAME = 60  # letters
_NO_NAME = re.compile(r"[\W\d_]*|.*\d{1,2}[-/.]\w{1,9}[-/.]\d{2,4}.*|.*\d{4,}.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Header:
    """``ends_at`` is the header's last row, from 0. ``known`` of its names are names of columns to us."""

    ends_at: int
    names: tuple[str, ...]
    known: int

    def is_repeated(self, cells: Sequence[str]) -> bool:
        """Whether a row is the header once more, as on every page that is to be printed."""
        return without_empty_end([tidy(cell) for cell in cells]) == self.names

    @property
    def rank(self) -> tuple[int, int]:
        return self.known, len(self.names)


def find_header(grid: Sequence[Sequence[str]]) -> Header | None:
    """The row, or two, that name most columns we know; else the first that looks as if it named any."""
    found = [header for at in range(len(grid)) for header in _headers_at(grid, at)]
    best = max(found, key=lambda header: header.known, default=None)
    if best is not None and best.known:
        return best
    return next(
        (_header(row, at) for at, row in enumerate(grid) if _looks_like_names(row, grid[at + 1 :])), None
    )


def without_empty_end(names: Sequence[str]) -> tuple[str, ...]:
    kept = list(names)
    while kept and not kept[-1].strip():
        kept.pop()
    return tuple(kept)


def _headers_at(grid: Sequence[Sequence[str]], at: int) -> list[Header]:
    single = _header(grid[at], at)
    if at + 1 == len(grid):
        return [single]
    below = grid[at + 1]
    joined = _header(_joined(grid[at], below), at + 1)
    # Two lines, only if together they say more than either, and the second is no row of values.
    is_two = joined.known > max(single.known, _header(below, at + 1).known) and not any(map(_is_value, below))
    return [single, joined] if is_two else [single]


def _header(cells: Sequence[str], at: int) -> Header:
    return Header(
        at, without_empty_end([tidy(cell) for cell in cells]), sum(map(is_named, filter(None, cells)))
    )


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """A heading over several columns, as merged cells leave it, before each of the headings below it."""
    names, over = [], ""
    for at in range(max(len(above), len(below))):
        upper = above[at].strip() if at < len(above) else ""
        lower = below[at].strip() if at < len(below) else ""
        over = upper or (over if lower else "")
        names.append(f"{over} {lower}".strip())
    return names


def _looks_like_names(row: Sequence[str], rows_below: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    full = [below for below in rows_below if 2 * sum(bool(cell.strip()) for cell in below) >= len(cells)]
    return (
        len(cells) >= 3
        and len(set(cells)) == len(cells)
        and not any(_is_value(cell) for cell in cells)
        and 2 * len(full) >= len(rows_below) > 0
    )


def _is_value(cell: str) -> bool:
    plain = cell.strip()
    return bool(plain) and (len(plain) > _LONGEST_NAME or _NO_NAME.fullmatch(plain) is not None)

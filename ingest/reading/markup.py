"""Labels and values out of HTML, however a page lays them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from ingest.reading.labels import label_key
from ingest.reading.words import tidy

_CELLS = ("td", "th")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and the words beside it."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table under a row of headings."""

    tag: Tag
    columns: tuple[str, ...]
    rows: tuple[Tag, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(label_key(column) for column in self.columns)


def words_of(tag: Tag) -> str:
    return tidy(tag.get_text(" "))


def cells_of(row: Tag) -> list[Tag]:
    return [cell for cell in row.children if isinstance(cell, Tag) and cell.name in _CELLS]


def labelled_values(page: Tag) -> Iterator[Labelled]:
    """Every label and value in definition lists, and in table rows of a heading and one cell."""
    for term in page.find_all("dt"):
        value = term.find_next_sibling()
        if value is not None and value.name == "dd":
            yield Labelled(words_of(term), words_of(value))
    for row in page.find_all("tr"):
        cells = cells_of(row)
        if len(cells) == 2 and cells[0].name == "th" and cells[1].name == "td":
            yield Labelled(words_of(cells[0]), words_of(cells[1]))


def headed_tables(page: Tag) -> Iterator[HeadedTable]:
    """Every table whose first row is headings: ``th``, or bold ``td`` as mail programs write them."""
    for table in page.find_all("table"):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        if rows and len(cells_of(rows[0])) > 2 and all(map(_is_heading, cells_of(rows[0]))):
            yield HeadedTable(table, tuple(words_of(cell) for cell in cells_of(rows[0])), tuple(rows[1:]))


def _is_heading(cell: Tag) -> bool:
    return cell.name == "th" or cell.find(("b", "strong")) is not None

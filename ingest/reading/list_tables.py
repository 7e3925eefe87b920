"""Portals' lists: tables under a row of headings, read with lxml for speed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.reading.decoding import decode
from ingest.reading.words import tidy


@dataclass(frozen=True, slots=True)
class ListTable:
    """A table under a row of headings. Both lists and documents of a tender come in such tables."""

    columns: tuple[str, ...]
    rows: tuple[HtmlElement, ...]
    heading: HtmlElement


def read_page(body: bytes) -> HtmlElement:
    """The page without comments (templates leave rows in them) and scripts.

    Nesting ends at the depth where libxml2 stops, so that looking up and down the tree costs little.
    """
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    text = decode(body).replace("\x00", "")
    try:
        page = document_fromstring(text.encode(errors="replace") or b" ", parser=parser)
    except ParserError:  # nothing in it that could be an element
        return document_fromstring("<html></html>", parser=parser)
    for script in list(page.iter("script", "style")):
        script.drop_tree()
    return page


def list_tables(page: HtmlElement) -> Iterator[ListTable]:
    """Every table with a row of headings of its own; not the tables laid out around or inside it."""
    rows_of: dict[HtmlElement, list[HtmlElement]] = {}
    for row in page.iter("tr"):
        if (table := next(row.iterancestors("table"), None)) is not None:
            rows_of.setdefault(table, []).append(row)
    for rows in rows_of.values():
        for number, row in enumerate(rows[:3]):
            if _is_heading(row):
                columns = tuple(text_of(cell) for cell in cells_of(row))
                yield ListTable(columns, tuple(rows[number + 1 :]), row)
                break


def cells_of(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def words_of(part: HtmlElement) -> str:
    """What a reader sees, with the page's white space."""
    return "".join(part.itertext())


def text_of(part: HtmlElement) -> str:
    """What a reader sees."""
    return tidy(words_of(part))


def row_text(row: HtmlElement) -> str:
    """All cells of a row, told apart by blanks."""
    return tidy(" ".join(row.itertext()))


def path_to(part: HtmlElement) -> str:
    """Where a part of a table stands: "table.list_table/tr.list_header"."""
    around = [part]
    while around[0].tag != "table" and (outside := around[0].getparent()) is not None:
        around.insert(0, outside)
    return "/".join(".".join([str(step.tag), *(step.get("class") or "").split()]) for step in around)


def has_class(part: HtmlElement, name: str) -> bool:
    return name in (part.get("class") or "").split()


def links_of(part: HtmlElement) -> list[HtmlElement]:
    """Links with something to read in them."""
    return [link for link in part.iter("a") if link.get("href") and text_of(link)]


def _is_heading(row: HtmlElement) -> bool:
    cells = cells_of(row)
    return len(cells) > 1 and (has_class(row, "list_header") or all(cell.tag == "th" for cell in cells))

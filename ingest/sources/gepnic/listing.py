"""Lists of tenders: by organisation, by closing date, the latest. Headings say what columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.reading.draft import NoticeDraft
from ingest.reading.identifiers import is_gepnic_id
from ingest.reading.labels import TITLE_CELL, fact_for
from ingest.reading.list_tables import (
    cells_of,
    has_class,
    links_of,
    list_tables,
    row_text,
    text_of,
    words_of,
)
from ingest.reading.tender_list import TenderList, tender_list
from ingest.reading.words import excerpt
from ingest.sources.gepnic.words import NOTHING_LISTED, PAGER_CLASS, PAGER_LINKS, TENDER
from ingest.sources.web import PlaceOnTheWeb, absolute
from opportunities.parsed_notice import ParsedNotice, Unreadable

_REFERENCE_AND_ID = re.compile(r"\[(?P<reference>.*)\]\s*\[(?P<id>[^\[\]]*)\]")


def find_listing(page: HtmlElement) -> TenderList | None:
    """The list of tenders on a page, if there is one. Raise SourceChanged if needed columns are gone."""
    for table in list_tables(page):
        facts = tuple(fact_for(column) for column in table.columns)
        if TITLE_CELL not in facts and not {"title", "process_id"} <= set(facts):
            continue
        return tender_list(table, facts)
    return None


def read_listing(listing: TenderList, where: PlaceOnTheWeb) -> Iterator[ParsedNotice | Unreadable]:
    """Yield a notice for each row, or why it isn't one."""
    for number, row in enumerate(listing.table.rows, start=1):
        place = f"row {number}"
        if len(cells_of(row)) == len(listing.facts):
            yield _read_row(listing, row, place, where)
        elif not _is_beside_the_list(row):
            reason = f"the row has {len(cells_of(row))} cells, its header {len(listing.facts)}"
            yield Unreadable(place, excerpt(row_text(row)), reason)


def tender_rows(listing: TenderList) -> list[HtmlElement]:
    """The rows that fit the headings: not the pager, whose links lead to other lists."""
    return [row for row in listing.table.rows if len(cells_of(row)) == len(listing.facts)]


def tender_link(row: HtmlElement, address: str | None) -> str | None:
    anchor = _anchor(row)
    return absolute(address, anchor.get("href")) if anchor is not None else None


def _is_beside_the_list(row: HtmlElement) -> bool:
    """Whether a row is none of the list's: the pager, an empty line, or word that nothing was found."""
    words = text_of(row)
    return not words or _is_pager(row) or bool(NOTHING_LISTED.fullmatch(words.rstrip(".! ")))


def _is_pager(row: HtmlElement) -> bool:
    is_footer = any(has_class(part, PAGER_CLASS) for part in row.iter())
    return is_footer or any(PAGER_LINKS.match(link.get("id") or "") for link in row.iter("a"))


def _read_row(
    listing: TenderList, row: HtmlElement, place: str, where: PlaceOnTheWeb
) -> ParsedNotice | Unreadable:
    words = row_text(row)
    draft, url = NoticeDraft(place, words), None
    for cell, fact, column in zip(cells_of(row), listing.facts, listing.table.columns, strict=True):
        if fact == TITLE_CELL:
            anchor = _anchor(cell)
            url = absolute(where.base, anchor.get("href")) if anchor is not None else None
            parts = _title_cell(cell, anchor)
            if parts is None:
                return Unreadable(
                    place, excerpt(words), "the title isn't followed by [reference number][tender ID]"
                )
            for part, part_words in zip(("title", "reference", "process_id"), parts, strict=True):
                draft.read(part, part_words, column)
        elif fact:
            draft.read(fact, words_of(cell), column)

    process_id = draft.facts.get("process_id")
    if process_id and not is_gepnic_id(process_id):
        return Unreadable(place, excerpt(words), f"“{process_id[:60]}” isn't a GePNIC tender ID")
    return draft.finish(where.publisher, url=url or tender_link(row, where.base))


def _title_cell(cell: HtmlElement, anchor: HtmlElement | None) -> tuple[str, str, str] | None:
    """Title, reference number and tender ID out of ``[title][reference][ID]``, or None.

    Titles and references may hold brackets themselves. The portal puts the title alone into a link.
    """
    words = text_of(cell)
    if anchor is None:
        groups = _outer_brackets(words)
        return (groups[0], groups[1], groups[2]) if len(groups) == 3 else None
    title = text_of(anchor)
    match = _REFERENCE_AND_ID.fullmatch(words.partition(title)[2].strip())
    return (_unbracketed(title), match["reference"], match["id"]) if match else None


def _anchor(part: HtmlElement) -> HtmlElement | None:
    """The link that bears a tender's title."""
    links = links_of(part)
    to_tender = (link for link in links if f"page={TENDER}" in link.get("href"))
    return next(to_tender, links[0] if links else None)


def _unbracketed(title: str) -> str:
    """Without the one pair of brackets that the portal puts around every title."""
    return title[1:-1].strip() if title.startswith("[") and title.endswith("]") else title


def _outer_brackets(words: str) -> list[str]:
    """What stands in each outermost pair of brackets."""
    groups, depth, start = [], 0, 0
    for position, letter in enumerate(words):
        if letter == "[":
            start = start if depth else position + 1
            depth += 1
        elif letter == "]" and depth:
            depth -= 1
            if not depth:
                groups.append(words[start:position])
    return groups

"""The list of tenders: a title that links to its tender, then ``/reference number/tender ID``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ingest.reading.draft import NoticeDraft
from ingest.reading.labels import TITLE_CELL, fact_for, label_key
from ingest.reading.list_tables import (
    cells_of,
    links_of,
    list_tables,
    row_text,
    text_of,
    words_of,
)
from ingest.reading.tender_list import TenderList, tender_list
from ingest.reading.words import LONGEST_WORDS, NotUnderstood, excerpt, says_nothing, tidy
from ingest.sources.cppp.link import read_link
from ingest.sources.web import PlaceOnTheWeb
from opportunities.parsed_notice import Doubt, ParsedNotice, Unreadable

CORRIGENDUM = "corrigendum"
# The portal cuts titles here. One that ends just so is told to the office as if it were cut.
LONGEST_TITLE = 150
_SURENESS_OF_A_CUT_TITLE = 0.6
_NOTHING_LISTED = re.compile(r"no (?:\w+ )?(?:tenders?|records?|data)(?: \w+)*[.!]?", re.IGNORECASE)


def find_listing(page: HtmlElement) -> TenderList | None:
    """The list on a page, if there is one. Raise SourceChanged if needed columns are gone."""
    for table in list_tables(page):
        facts = tuple(
            CORRIGENDUM if label_key(column) == CORRIGENDUM else fact_for(column) for column in table.columns
        )
        if not {TITLE_CELL, CORRIGENDUM} <= set(facts):
            continue
        return tender_list(table, facts)
    return None


def read_listing(listing: TenderList, where: PlaceOnTheWeb) -> Iterator[ParsedNotice | Unreadable]:
    """Yield a notice for each row, or why it isn't one."""
    for number, row in enumerate(listing.table.rows, start=1):
        place, words = f"row {number}", row_text(row)
        if not words or _NOTHING_LISTED.fullmatch(words):
            continue
        if len(cells_of(row)) != len(listing.facts):
            reason = f"the row has {len(cells_of(row))} cells, its header {len(listing.facts)}"
            yield Unreadable(place, excerpt(words), reason)
            continue
        yield _read_row(listing, row, NoticeDraft(place, words), where)


def words_of_listing(listing: TenderList) -> str:
    """What the list says: no links, which differ with every request."""
    return "\n".join([" ".join(listing.table.columns), *map(row_text, listing.table.rows)])


def _read_row(
    listing: TenderList, row: HtmlElement, draft: NoticeDraft, where: PlaceOnTheWeb
) -> ParsedNotice | Unreadable:
    for cell, fact, column in zip(cells_of(row), listing.facts, listing.table.columns, strict=True):
        if fact == TITLE_CELL:
            try:
                _read_title_cell(draft, cell, column)
            except NotUnderstood as reason:
                return Unreadable(draft.place, excerpt(draft.words), str(reason))
        elif fact == CORRIGENDUM:
            _note_corrigendum(draft, text_of(cell), column)
        elif fact:
            draft.read(fact, words_of(cell), column)
    return draft.finish(where.publisher, url=_list_address(where))


def _read_title_cell(draft: NoticeDraft, cell: HtmlElement, column: str) -> None:
    links = links_of(cell)
    if not links:
        raise NotUnderstood("the title has no link, so it can't be told from what follows it")
    title = text_of(links[0])
    reference, tender_id = _identity(links[0].get("href"), text_of(cell).removeprefix(title).strip())
    if len(words_of(links[0])) >= LONGEST_TITLE:
        cut = f"{column}, cut at {LONGEST_TITLE} characters"
        draft.read("title", title, cut, confidence=_SURENESS_OF_A_CUT_TITLE)
    else:
        draft.read("title", title, column)
    draft.read("reference", reference, column)
    draft.read("process_id", tender_id, column)


def _identity(href: str, after_title: str) -> tuple[str, str]:
    """Reference number and tender ID. In the text "/" stands between them, and may stand in the first too."""
    if linked := read_link(href):
        stated = f"/{tidy(linked.reference)}/{tidy(linked.tender_id)}"
        if after_title != stated:
            raise NotUnderstood(f"the title's link says “{stated}”, the text after it “{after_title}”"[:500])
        return linked.reference, linked.tender_id
    parts = after_title.split("/")
    if len(parts) != 3 or parts[0]:
        raise NotUnderstood(
            "the title's link doesn't hold reference number and tender ID, "
            "and the text after the title can't be taken apart with certainty"
        )
    return parts[1], parts[2]


def _note_corrigendum(draft: NoticeDraft, words: str, column: str) -> None:
    """The row shows the tender as it now stands; what the corrigendum says beyond that we can't see."""
    if not says_nothing(words):
        reason = "the list names a corrigendum, whose words stand behind a captcha"
        draft.doubts.append(Doubt("description", f"{draft.place}, {column}", words[:LONGEST_WORDS], reason))


def _list_address(where: PlaceOnTheWeb) -> str | None:
    """Where a person can find the tender. Its own link is another one at each request."""
    address = where.url or where.base
    return urlsplit(address)._replace(query="", fragment="").geturl() if address else None

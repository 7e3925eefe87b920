"""A tender's own page: captions beside fields, in tables laid out one inside another."""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup

from ingest.errors import SourceChanged
from ingest.reading.decoding import decode
from ingest.reading.draft import NoticeDraft
from ingest.reading.identifiers import is_gepnic_id
from ingest.reading.labels import fact_for, label_key
from ingest.reading.words import excerpt, tidy
from ingest.sources.web import PlaceOnTheWeb
from opportunities.parsed_notice import Doubt, ParsedNotice, Unreadable

_PLACE = "tender page"
# Without these captions a page is no tender's; any three of those we know make it one that has changed.
_NEEDED = {"process_id": "Tender ID", "title": "Title"}
_EXPECTED = ("published_at", "submission_deadline", "organisation_chain")
_FEWEST_CAPTIONS = 3


@dataclass(frozen=True, slots=True)
class Field:
    """A caption that announces a fact, and the words beside it."""

    fact: str
    caption: str
    words: str


def find_fields(body: bytes) -> tuple[Field, ...]:
    """The fields of a tender's page; empty if it isn't one. Raise SourceChanged if it lacks ID or title."""
    page = BeautifulSoup(decode(body), "lxml")
    fields: dict[str, Field] = {}
    for caption in page.find_all("td", class_="td_caption"):
        # Heads of columns bear the class of captions too; no field follows them.
        beside = caption.find_next_sibling("td")
        if beside is None or "td_field" not in (beside.get("class") or ()) or caption.find("td"):
            continue
        label = tidy(caption.get_text())
        if (fact := fact_for(label)) and label_key(label) not in fields:
            fields[label_key(label)] = Field(fact, label, beside.get_text(" "))

    if len(fields) < _FEWEST_CAPTIONS:
        return ()
    known = {field.fact for field in fields.values()}
    if missing := [caption for fact, caption in _NEEDED.items() if fact not in known]:
        seen = ", ".join(field.caption for field in fields.values())
        raise SourceChanged(f"the tender page has no field called {' or '.join(missing)}; it has: {seen}")
    return tuple(fields.values())


def read_detail(fields: tuple[Field, ...], where: PlaceOnTheWeb) -> ParsedNotice | Unreadable:
    """The notice on a tender's page, or why there is none."""
    draft = NoticeDraft(_PLACE, words="\n".join(f"{field.caption}: {field.words}" for field in fields))
    for field in fields:
        draft.read(field.fact, field.words, field.caption)

    captions = {field.fact for field in fields}
    for fact in _EXPECTED:
        if fact not in captions:
            draft.doubts.append(Doubt(fact, _PLACE, "", "the page has no such field"))
    process_id = draft.facts.get("process_id")
    if process_id and not is_gepnic_id(process_id):
        return Unreadable(_PLACE, excerpt(draft.words), f"“{process_id[:60]}” isn't a GePNIC tender ID")
    return draft.finish(where.publisher, url=where.url)

"""A table's rows, read by what its columns are taken to hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from ingest.reading.columns.guess import column_letter
from ingest.reading.columns.header import column_keys, known_label, path_order, taken_apart
from ingest.reading.columns.plan import IDENTIFYING, OCID, ColumnPlan, ColumnUse
from ingest.reading.columns.readers import AMOUNTS, read_cell
from ingest.reading.columns.vocabulary import CURRENCY, PUBLISHER, STATE_PORTAL, TAG
from ingest.reading.draft import NoticeDraft
from ingest.reading.identifiers import split_ocid
from ingest.reading.labels import ELIGIBILITY, TITLE_CELL
from ingest.reading.words import NotUnderstood, excerpt, says_nothing, tidy
from ingest.sources.files.row import Row
from opportunities.parsed_notice import EARLY_STAGES, NoticeKind, ParsedNotice, Stage, Unreadable
from opportunities.places import locate

_TAGS_OF_A_TENDER = frozenset({"tender", "tenderupdate", "tenderamendment"})
# Not facts of a tender: what they say is needed to make sense of the others.
_ABOUT = frozenset({PUBLISHER, STATE_PORTAL, OCID, TAG, CURRENCY, "city", "state"})
_EXPECTED = ("tender_expected_from", "tender_expected_until")


@dataclass(frozen=True, slots=True)
class Column:
    position: int
    label: str  # for a person: "Title", "column F “Est. Cost”, mapping 3"
    use: ColumnUse
    currency: str  # named in the header; "" where it names none
    is_own: bool  # an office's own name for it, not a portal's
    order: int  # see path_order


@dataclass(frozen=True)
class Columns:
    """Those among a table's columns that are read, in the order in which they are asked."""

    columns: tuple[Column, ...]
    is_by_title: bool = False

    def read(self, row: Row, *, publisher: str) -> ParsedNotice | Unreadable:
        """The notice in a row, or why there is none."""
        # Only columns that are read: others may name bidders.
        said = " | ".join(words for column in self._as_they_stand if (words := row.values[column.position]))
        draft = NoticeDraft(row.place, said)
        about: dict[str, tuple[str, Column]] = {}
        for column in self.columns:
            words = row.values[column.position]
            if column.use.field not in _ABOUT:
                self._read_cell(draft, column, words, row)
            elif not says_nothing(words):
                about.setdefault(column.use.field, (tidy(words), column))
        tag = about[TAG][0] if TAG in about else "tender"
        if tag.casefold() not in _TAGS_OF_A_TENDER:
            return Unreadable(row.place, excerpt(said), f"a release tagged “{tag[:60]}” isn't read yet")
        publisher = _identify(draft, about, publisher)
        _locate(draft, about)
        if self.is_by_title:
            _name_by_title(draft)
        if self._hides_its_stage(draft):
            reason = "the stage can't be read, so that it may be early information or a public tender"
            return Unreadable(row.place, excerpt(said), reason)
        return _finished(draft, publisher)

    def _hides_its_stage(self, draft: NoticeDraft) -> bool:
        """Whether an office's own word for the stage isn't one we know. Portals list what is public."""
        is_doubted = any(doubt.field == "stage" for doubt in draft.doubts) and "stage" not in draft.facts
        return is_doubted and any(column.use.field == "stage" and column.is_own for column in self.columns)

    def _read_cell(self, draft: NoticeDraft, column: Column, words: str, row: Row) -> None:
        field = column.use.field
        if not words or field in draft.facts:
            return
        if field == ELIGIBILITY:
            draft.read(field, words, column.label)
            return
        place = f"{row.place}, {column.label}"
        currency = (column.currency or self._currency(row)) if field in AMOUNTS else ""
        try:
            value = read_cell(field, words, unit=column.use.unit, currency=currency, dates=column.use.dates)
        except NotUnderstood as reason:
            draft.doubt(_DOUBTED.get(field, field), words, place, str(reason))
            return
        if value is None:
            return
        for fact, part in _facts_of(field, value):
            if fact not in draft.facts:
                draft.state(fact, part, words, place, confidence=column.use.confidence)

    @cached_property
    def _as_they_stand(self) -> list[Column]:
        return sorted(self.columns, key=lambda column: (column.order, column.position))

    def _currency(self, row: Row) -> str:
        stated = (row.values[column.position] for column in self.columns if column.use.field == CURRENCY)
        return tidy(next(stated, ""))


_DOUBTED = {"expected": _EXPECTED[0], TITLE_CELL: "title"}
_PARTS = {TITLE_CELL: ("title", "reference", "process_id"), "expected": _EXPECTED}


def _facts_of(field: str, value: Any) -> Iterable[tuple[str, Any]]:
    """One cell may state several facts."""
    if field not in _PARTS:
        return ((field, value),)
    return ((fact, part) for fact, part in zip(_PARTS[field], value, strict=True) if part)


def names_tenders(names: Iterable[str]) -> bool:
    """Whether headings are a portal's, or open contracting's, for a list of tenders."""
    return "title" in (known := set(map(known_label, names))) and bool(known & IDENTIFYING)


@lru_cache(maxsize=1_024)
def columns_of(names: tuple[str, ...], plan: ColumnPlan, *, has_letters: bool) -> Columns:
    """Where a plan's columns stand under a header. Cached, since JSON repeats its header in every row.

    A JSON object may have names that none of the first did: those that portals use are read as well.
    """
    uses = {(use.key, use.nth): use for use in plan.uses}
    known = {use.key for use in plan.uses}
    found = []
    for position, (name, key) in enumerate(zip(names, column_keys(names), strict=True)):
        use = uses.get(key)
        if use is None and not has_letters and plan.version is None and key[0] not in known:
            field = known_label(name)
            use = ColumnUse(*key, field, is_spare=True) if field else None
        if use is not None:
            label = _label(name, position, use, plan.version, has_letters=has_letters)
            is_own = known_label(name) != use.field
            found.append(Column(position, label, use, taken_apart(name).currency, is_own, path_order(name)))
    # Spare columns come last, and among themselves in an order that their places don't decide.
    found.sort(key=lambda c: (c.use.is_spare, c.order, c.use.key if c.use.is_spare else "", c.position))
    return Columns(tuple(found), plan.is_by_title)


def _label(name: str, position: int, use: ColumnUse, version: int | None, *, has_letters: bool) -> str:
    shown = tidy(name)[:80]
    if version is None and use.confidence == 1.0:
        return shown
    column = f"column {column_letter(position)} “{shown}”" if has_letters else f"“{shown}”"
    return f"{column}, guessed" if version is None else f"{column}, mapping {version}"


def _identify(draft: NoticeDraft, about: dict[str, tuple[str, Column]], publisher: str) -> str:
    """Give the draft its process if no column has; return who numbers it.

    Two portals may give one number to two tenders.
    """
    numbered = split_ocid(about[OCID][0]) if OCID in about else None
    if numbered and "process_id" not in draft.facts:
        draft.state("process_id", numbered[1], about[OCID][0], f"{draft.place}, {about[OCID][1].label}")
    if PUBLISHER in about:
        return about[PUBLISHER][0].casefold()
    if STATE_PORTAL in about:
        return f"gepnic:{about[STATE_PORTAL][0].casefold()}"
    return numbered[0] if numbered else publisher


def _name_by_title(draft: NoticeDraft) -> None:
    """One word that title and place always give, and another list of the same works gives again."""
    title = draft.facts.get("title")
    if title is None or "process_id" in draft.facts:
        return
    place = draft.facts.get("city") or draft.facts.get("location") or ""
    said = f"{title} {place}".casefold()
    number = hashlib.sha256(" ".join(re.findall(r"\w+", said)).encode()).hexdigest()[:12]
    draft.state("process_id", f"title-{number}", title, draft.place_of("title"))


def _locate(draft: NoticeDraft, about: dict[str, tuple[str, Column]]) -> None:
    """City and state by our names for them, from theirs."""
    city, state = (about[name][0] if name in about else None for name in ("city", "state"))
    if not (city or state):
        return
    found = locate(city and state and f"{city}, {state}", city, state)
    for name, value in (("city", found.city), ("state", found.state)):
        if value is not None:
            words, column = about.get(name) or about["city" if city else "state"]
            draft.state(
                name, value, words, f"{draft.place}, {column.label}", confidence=column.use.confidence
            )
    if city and "location" not in draft.facts:
        words, column = about["city"]
        place = f"{draft.place}, {column.label}"
        draft.state("location", f"{city}, {state}" if state else city, words, place)


def _finished(draft: NoticeDraft, publisher: str) -> ParsedNotice | Unreadable:
    url = draft.facts.pop("url", None)
    if "stage" not in draft.facts and _EXPECTED[0] in draft.facts:
        draft.facts["stage"] = Stage.IDENTIFIED  # what a tender is only expected of has none yet
    notice = draft.finish(publisher, url=url)
    if isinstance(notice, ParsedNotice) and notice.facts.stage in EARLY_STAGES:
        # Early information: not a tender, and never disclosed by itself.
        return replace(notice, kind=NoticeKind.PLANNING)
    return notice

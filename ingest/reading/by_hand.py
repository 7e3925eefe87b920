"""What a person typed who has read a document that our readers can't."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.reading.channel_draft import read_host
from ingest.reading.facts import read_fact
from ingest.reading.words import LONGEST_WORDS, NotUnderstood, says_nothing, tidy
from opportunities.parsed_notice import (
    EARLY_STAGES,
    FieldOrigin,
    NoticeKind,
    OpportunityFacts,
    ParsedNotice,
    Stage,
)

# Typed as they stand in the document, and read as they would be there.
TYPED = (
    "title", "description", "stage", "buyer_name", "location", "value", "submission_deadline",
    "published_at", "process_id", "portal",
)  # fmt: skip
_ABOUT = frozenset({"process_id", "portal", "published_at"})
_READERS: dict[str, Callable[[str], Any]] = {"portal": read_host, "stage": Stage}
_CHANGES = frozenset({NoticeKind.CORRIGENDUM, NoticeKind.CANCELLATION})


@dataclass(frozen=True, slots=True)
class HandOrigin:
    """Whose words the typed ones are: where they stand, who read them, and whose list it is."""

    place: str  # in the document; blank: somewhere in it
    reader: str
    publisher: str  # who numbers the process, where no portal is named
    number: str  # names the publication, where nothing else does


def read_typed(fact: str, words: str) -> Any:
    """What was typed as that fact; None if nothing. Raise NotUnderstood with a reason for a person."""
    if says_nothing(words):
        return None
    return _READERS[fact](tidy(words)) if fact in _READERS else read_fact(fact, words)


def notice_by_hand(typed: Mapping[str, str], *, kind: NoticeKind, origin: HandOrigin) -> ParsedNotice:
    """The notice that was typed: each fact certain, with who read it. Raise NotUnderstood if it can't be one.

    ``kind`` is TENDER for whatever is announced: an early stage makes it PLANNING.
    """
    read = {fact: value for fact in TYPED if (value := read_typed(fact, typed.get(fact, ""))) is not None}
    if kind in _CHANGES and "process_id" not in read:
        raise NotUnderstood("this doesn't say which tender it changes, or on which portal")
    if kind not in _CHANGES and "title" not in read:
        raise NotUnderstood("no title")
    if kind is NoticeKind.TENDER and read.get("stage") in EARLY_STAGES:
        kind = NoticeKind.PLANNING
    process_id = read.get("process_id", origin.number)
    facts = {fact: value for fact, value in read.items() if fact not in _ABOUT}
    return ParsedNotice(
        publisher=read.get("portal", origin.publisher),
        process_id=process_id,
        # All readings of one announcement share its number; each change is a publication of its own.
        notice_id=f"{process_id}/{origin.number}" if kind in _CHANGES else process_id,
        kind=kind,
        published_at=read.get("published_at"),
        facts=OpportunityFacts(**facts),
        origins=tuple(_origins(read, typed, origin)),
    )


def _origins(read: Mapping[str, Any], typed: Mapping[str, str], origin: HandOrigin) -> list[FieldOrigin]:
    by = f"read by hand by {origin.reader}"
    place = f"{origin.place}, {by}" if origin.place else by
    return [FieldOrigin(fact, place, tidy(typed[fact])[:LONGEST_WORDS]) for fact in read if fact != "portal"]

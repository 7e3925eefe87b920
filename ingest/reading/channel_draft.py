"""A notice of the CII channel while it is being read, and what makes it one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ingest.reading.channel_words import read_joint_venture, read_kind, read_period, read_stage_word
from ingest.reading.facts import read_fact
from ingest.reading.labels import ELIGIBILITY
from ingest.reading.quarters import read_quarter
from ingest.reading.requirements import RequirementsRead, read_requirements
from ingest.reading.words import LONGEST_WORDS, NotUnderstood, excerpt, tidy
from opportunities.parsed_notice import (
    EARLY_STAGES,
    Doubt,
    FieldOrigin,
    NoticeKind,
    OpportunityFacts,
    ParsedNotice,
    Requirement,
    Stage,
    Unreadable,
)
from opportunities.places import locate

_HOST = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?].*)?", re.IGNORECASE)
_NOTE = re.compile(r"\s*\((?:revised|approx\.?|approximately|indicative|tentative)\)\s*$", re.IGNORECASE)
# Each says which process a notice is about, or what kind it is of; none is a fact about the process.
_OWN = frozenset({"notice_no", "amends", "tender_id", "portal", "kind", "row_no"})
# The fact that a doubt about any of these leaves open.
_DOUBTED = {
    "expected": "tender_expected_from",
    "notice_no": "notice_id",
    "amends": "process_id",
    "tender_id": "process_id",
    "portal": "process_id",
}
_AMOUNTS = frozenset({"value", "bid_security", "document_fee"})


def read_host(words: str) -> str:
    """A portal's host name out of its address."""
    match = _HOST.fullmatch(tidy(words))
    if match is None:
        raise NotUnderstood("this isn't a portal's address")
    return match[1].casefold()


_READERS: dict[str, Callable[[str], Any]] = {
    "kind": read_kind,
    "stage": read_stage_word,
    "portal": read_host,
    "is_joint_venture_allowed": read_joint_venture,
    "period_days": read_period,
    "expected": read_quarter,
}


@dataclass(slots=True)
class ChannelDraft:
    """Collects facts, where each was read and how surely. The first words that state a fact win."""

    place: str  # for a person: "item 3"
    words: str  # verbatim
    facts: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    origins: list[FieldOrigin] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)

    def read(
        self, fact: str, words: str, place: str, *, confidence: float = 1.0, quoting: str | None = None
    ) -> None:
        """Read the words that stand for a fact. Those that can't be read leave a doubt.

        ``quoting`` is what a person is shown: the sentence around the words.
        """
        if fact == ELIGIBILITY:
            self.ask(read_requirements(words, place, is_criterion=True))
            return
        try:
            plain = _NOTE.sub("", words) if fact in _AMOUNTS else words
            value = _READERS[fact](plain) if fact in _READERS else read_fact(fact, plain)
        except NotUnderstood as reason:
            self.doubt(fact, quoting or words, place, str(reason))
            return
        if value is not None:
            self.state(fact, value, quoting or words, place, confidence=confidence)

    def state(self, fact: str, value: Any, words: str, place: str, *, confidence: float = 1.0) -> None:
        if fact == "expected":
            first, last = value
            self.state("tender_expected_from", first, words, place, confidence=confidence)
            self.state("tender_expected_until", last, words, place, confidence=confidence)
        elif fact in _OWN:
            self.own.setdefault(fact, value)
        elif fact not in self.facts:
            self.facts[fact] = value
            self.origins.append(FieldOrigin(fact, place, tidy(words)[:LONGEST_WORDS], confidence))

    def ask(self, asked: RequirementsRead) -> None:
        """Take what a text asks for, and what it seems to ask for."""
        self.requirements += asked.requirements
        known = {(doubt.field, doubt.words) for doubt in self.doubts}
        self.doubts += [doubt for doubt in asked.doubts if (doubt.field, doubt.words) not in known]

    @property
    def quotes_a_portal(self) -> bool:
        """Whether the process is one that a portal numbers, and the portal is named."""
        return "tender_id" in self.own and "portal" in self.own

    def doubt(self, fact: str, words: str, place: str, reason: str) -> None:
        self.doubts.append(Doubt(_DOUBTED.get(fact, fact), place, tidy(words)[:LONGEST_WORDS], reason))

    def finish(
        self, *, publisher: str, notice_id: str | None, published_at: datetime | None, url: str | None = None
    ) -> ParsedNotice | Unreadable:
        """The notice, or why it can't be one.

        It belongs to the process that its portal numbers if it quotes both portal and tender ID, else to the
        notice that it amends, else it begins a process of the channel's own, numbered ``notice_id``.
        """
        try:
            kind = self._kind()
            if notice_id is None and not self.quotes_a_portal:
                raise NotUnderstood("nothing numbers this notice, so it can't be told from others")
            host, process_id = self._process(kind, publisher, notice_id)
        except NotUnderstood as reason:
            return Unreadable(self.place, excerpt(self.words), str(reason))
        changes_only = kind in (NoticeKind.CORRIGENDUM, NoticeKind.CANCELLATION)
        if changes_only:
            self._forget("title", "description", "location", "city", "state", "buyer_name")
        elif "title" not in self.facts:
            return Unreadable(self.place, excerpt(self.words), "no title")
        self._add_place()
        return ParsedNotice(
            publisher=host,
            process_id=process_id,
            notice_id=notice_id or process_id,
            kind=kind,
            published_at=published_at,
            facts=OpportunityFacts(url=None if changes_only else url, **self.facts),
            requirements=tuple(dict.fromkeys(self.requirements)),
            origins=tuple(self.origins),
            doubts=tuple(self.doubts),
        )

    def _kind(self) -> NoticeKind:
        for doubt in self.doubts:
            # A type that we don't know could be anything, so the notice isn't read at all.
            if doubt.field == "kind":
                raise NotUnderstood(doubt.reason)
        kind: NoticeKind | None = self.own.get("kind")
        stage: Stage | None = self.facts.get("stage")
        if kind is None and stage is None:
            raise NotUnderstood("no word tells how far the process has come")
        if stage in EARLY_STAGES and kind in (None, NoticeKind.TENDER):
            return NoticeKind.PLANNING
        return kind or NoticeKind.TENDER

    def _process(self, kind: NoticeKind, publisher: str, notice_id: str | None) -> tuple[str, str]:
        if self.quotes_a_portal:
            return self.own["portal"], self.own["tender_id"]
        if "amends" in self.own:
            return publisher, self.own["amends"]
        if kind in (NoticeKind.CORRIGENDUM, NoticeKind.CANCELLATION) or notice_id is None:
            raise NotUnderstood("this doesn't say which tender it changes, or on which portal")
        if "tender_id" in self.own:
            self.doubt("process_id", self.own["tender_id"], self.place, "a tender ID without its portal")
            # Kept, for with its buyer it may tell which portal's tender this is.
            self.facts.setdefault("reference", self.own["tender_id"])
        return publisher, notice_id

    def _forget(self, *facts: str) -> None:
        """What changes a tender is headed by words of its own, and names place and buyer only to be found."""
        for fact in facts:
            self.facts.pop(fact, None)
        self.origins = [origin for origin in self.origins if origin.field not in facts]

    def _add_place(self) -> None:
        """City and state by our names for them, from theirs."""
        city, state = self.facts.pop("city", None), self.facts.pop("state", None)
        if city and "location" not in self.facts:
            origin = next(origin for origin in self.origins if origin.field == "city")
            self.state("location", f"{city}, {state}" if state else city, origin.words, origin.place)
        found = locate(city and state and f"{city}, {state}", city, state)
        self.facts |= {"city": found.city, "state": found.state}
        self.origins = [o for o in self.origins if o.field not in _unfound(found.city, found.state)]


def _unfound(city: str | None, state: str | None) -> set[str]:
    return {name for name, value in (("city", city), ("state", state)) if value is None}

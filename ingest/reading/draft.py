"""A notice while it is being read, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ingest.reading.facts import read_fact
from ingest.reading.labels import ELIGIBILITY
from ingest.reading.requirements import read_requirements
from ingest.reading.stages import invited_stage
from ingest.reading.words import LONGEST_WORDS, NotUnderstood, excerpt, tidy
from opportunities.parsed_notice import (
    Doubt,
    FieldOrigin,
    NoticeKind,
    OpportunityFacts,
    ParsedNotice,
    Requirement,
    Unreadable,
)


@dataclass(slots=True)
class NoticeDraft:
    """Collects facts, where each was read, and doubts. The first cell that states a fact wins."""

    place: str  # for a person: "row 12", "tender page"
    words: str = ""  # verbatim: what a person sees if this turns out to be no notice
    facts: dict[str, Any] = field(default_factory=dict)
    origins: list[FieldOrigin] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)

    def read(self, fact: str, words: str, label: str = "", *, confidence: float = 1.0) -> None:
        """Read one cell. Words that can't be read leave a doubt, and the notice stands without them."""
        if not words or fact in self.facts:
            return
        place = f"{self.place}, {label}" if label else self.place
        if fact == ELIGIBILITY:
            asked = read_requirements(words, place, is_criterion=True)
            self.requirements += asked.requirements
            self.doubts += asked.doubts
            return
        try:
            value = read_fact(fact, words)
        except NotUnderstood as reason:
            self.doubt(fact, words, place, str(reason))
            return
        if value is not None:
            self.state(fact, value, words, place, confidence=confidence)

    def state(self, fact: str, value: object, words: str, place: str, *, confidence: float = 1.0) -> None:
        """Take a value that was read elsewhere."""
        self.facts[fact] = value
        self.origins.append(FieldOrigin(fact, place, tidy(words)[:LONGEST_WORDS], confidence))

    def doubt(self, fact: str, words: str, place: str, reason: str) -> None:
        """Note words that were tried elsewhere and can't be read."""
        self.doubts.append(Doubt(fact, place, tidy(words)[:LONGEST_WORDS], reason))

    def finish(self, publisher: str, *, url: str | None = None) -> ParsedNotice | Unreadable:
        """The tender notice, or why it can't be one: without tender ID and title it would name nothing.

        All readings of a tender's one publication share the tender's ID as the notice's.
        """
        if "process_id" not in self.facts:
            return self._unreadable("no tender ID", "process_id")
        if "title" not in self.facts:
            return self._unreadable("no title", "title")
        self._add_what_follows()
        facts = dict(self.facts)
        process_id: str = facts.pop("process_id")
        published_at: datetime | None = facts.pop("published_at", None)
        return ParsedNotice(
            publisher=publisher,
            process_id=process_id,
            notice_id=process_id,
            kind=NoticeKind.TENDER,
            published_at=published_at,
            facts=OpportunityFacts(url=url, **facts),
            requirements=tuple(self.requirements),
            origins=tuple(self.origins),
            doubts=tuple(self.doubts),
        )

    def _unreadable(self, reason: str, fact: str) -> Unreadable:
        for doubt in self.doubts:
            if doubt.field == fact:
                reason = f"{reason}: “{doubt.words[:80]}”, {doubt.reason}"
        return Unreadable(self.place, excerpt(self.words), reason)

    def _add_what_follows(self) -> None:
        """Facts that others imply: the buyer ends its organisation chain, a title may name the stage."""
        chain = self.facts.get("organisation_chain")
        if chain and "buyer_name" not in self.facts:
            self.state("buyer_name", chain[-1], chain[-1], self.place_of("organisation_chain"))
        if "stage" not in self.facts and not any(doubt.field == "stage" for doubt in self.doubts):
            self.facts["stage"] = invited_stage(self.facts["title"], self.facts.get("contract_form"))

    def place_of(self, fact: str) -> str:
        """Where a fact that has been stated was read."""
        return next(origin.place for origin in self.origins if origin.field == fact)

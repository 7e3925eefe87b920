"""What the office is asked about a notice: unsure readings, and words that couldn't be read. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from ingest.reading.channel_words import read_joint_venture, read_stage_word
from ingest.reading.facts import read_fact
from ingest.reading.requirements import read_sentence
from ingest.reading.words import NotUnderstood
from opportunities.compile import FACT_NAMES, REQUIREMENTS
from opportunities.parsed_notice import CONFIDENT, ParsedNotice, Requirement, RequirementKind
from opportunities.serialization import requirement_to_json, value_to_json

_KINDS = frozenset(RequirementKind)
_NEITHER_TEXT_NOR_READ = frozenset({"city", "state", "tender_expected_from", "tender_expected_until"})
_ANSWERS: dict[str, Callable[[str], Any]] = {
    "stage": read_stage_word,
    "is_joint_venture_allowed": read_joint_venture,
}


class About(StrEnum):
    FACT = "fact"
    DOUBT = "doubt"
    REQUIREMENT = "requirement"


@dataclass(frozen=True, slots=True)
class Question:
    """One reading to confirm, to correct or to settle."""

    about: About
    field: str  # a fact, or a kind of requirement
    place: str
    words: str
    value: Any = None  # what was read: a fact's value or a Requirement; None where nothing could be
    reason: str = ""  # why nothing could be read

    @property
    def key(self) -> str:
        """Names it among those of its document, as long as the same is read there."""
        told = json.dumps([self.field, self.place, self.words, self.read], sort_keys=True)
        return f"{self.about}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"

    @property
    def ruled_field(self) -> str:
        """The field that a ruling about this is kept under."""
        is_of_kind = self.field in _KINDS and self.field not in FACT_NAMES
        return REQUIREMENTS if self.about is About.REQUIREMENT or is_of_kind else self.field

    @property
    def is_fact(self) -> bool:
        return self.about is About.FACT

    @property
    def is_correctable(self) -> bool:
        """Whether a person may write what it should be."""
        return self.ruled_field == REQUIREMENTS or (
            self.field in FACT_NAMES and self.field not in _NEITHER_TEXT_NOR_READ
        )

    @property
    def read(self) -> Any:
        """What was read, as a ruling keeps it."""
        return _as_json(self.value)

    def answered_with(self, words: str) -> Any:
        """What a person wrote instead, as a ruling keeps it. Raise NotUnderstood with a reason for them."""
        if self.ruled_field == REQUIREMENTS:
            asked = read_sentence(words, self.place, is_criterion=True).requirements
            of_kind = next((one for one in asked if one.kind == self.field), None)
            if of_kind is None:
                raise NotUnderstood("this can't be read as such a requirement")
            return _as_json(replace(of_kind, sentence=self.words, confidence=1.0))
        if not self.is_correctable:
            raise NotUnderstood("this can be confirmed or settled, and not written anew")
        value = _ANSWERS[self.field](words) if self.field in _ANSWERS else read_fact(self.field, words)
        if value is None:
            raise NotUnderstood("this states nothing")
        return _as_json(value)


class RulingRow(Protocol):
    @property
    def field(self) -> str: ...

    @property
    def words(self) -> str: ...

    @property
    def read(self) -> Any: ...


def questions_in(parsed: ParsedNotice) -> Iterator[Question]:
    """Everything in a notice that waits for the office, ruled on or not."""
    for origin in parsed.origins:
        if origin.confidence < CONFIDENT and (value := getattr(parsed.facts, origin.field, None)) is not None:
            yield Question(About.FACT, origin.field, origin.place, origin.words, value)
    for doubt in parsed.doubts:
        yield Question(About.DOUBT, doubt.field, doubt.place, doubt.words, reason=doubt.reason)
    for asked in parsed.requirements:
        if asked.confidence < CONFIDENT:
            yield Question(About.REQUIREMENT, asked.kind, asked.place, asked.sentence, asked)


def open_questions(parsed: ParsedNotice, rulings: Iterable[RulingRow]) -> tuple[Question, ...]:
    """Those that no ruling answers. The same reading in another document is answered too."""
    rulings = list(rulings)
    return tuple(
        question
        for question in questions_in(parsed)
        if not any(
            ruling.field == question.ruled_field
            and ruling.read == question.read
            and (question.value is not None or ruling.words == question.words)
            for ruling in rulings
        )
    )


def _as_json(value: Any) -> Any:
    if not isinstance(value, Requirement):
        return value_to_json(value)
    # Neither where it stood nor how surely it was read makes it another reading.
    content = requirement_to_json(value)
    return {name: stated for name, stated in content.items() if name not in ("place", "confidence")}

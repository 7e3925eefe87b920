"""What the office is asked about what was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ingest.models import Extraction
from ingest.reading.questions import Question, open_questions, questions_in
from opportunities.parsed_notice import ParsedNotice
from opportunities.selectors import processes_behind, rulings_on
from opportunities.serialization import doubts_from_json, notice_from_json, origins_from_json


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that nobody has answered, and the extraction it is asked about."""

    extraction_id: int
    question: Question


@dataclass(frozen=True, slots=True)
class AnsweredReading:
    """The part of a ruling that tells which reading it is about."""

    field: str
    words: str
    read: Any


def questions_about(opportunity_id: int) -> tuple[OpenQuestion, ...]:
    """Everything open about an opportunity. One query."""
    asking = Extraction.objects.filter(
        notice__opportunity__in=processes_behind([opportunity_id]), asks_since__isnull=False
    )
    told = asking.select_related("notice").annotate(rulings=rulings_on("notice__opportunity"))
    return questions_left_by(told.order_by("pk"))


def questions_left_by(extractions: Iterable[Any]) -> tuple[OpenQuestion, ...]:
    """What these leave open, each reading once though several documents hold it.

    They come with their notice, and the rulings on their process (``rulings_on``).
    """
    asked: dict[tuple[int, str, str, str], OpenQuestion] = {}
    for extraction in extractions:
        if extraction.asks_since is None:
            continue
        rulings = [AnsweredReading(row["field"], row["words"], row["read"]) for row in extraction.rulings]
        for question in open_questions(told_by(extraction), rulings):
            same = (
                extraction.notice.opportunity_id,
                question.ruled_field,
                question.words,
                repr(question.read),
            )
            asked.setdefault(same, OpenQuestion(extraction.pk, question))
    return tuple(asked.values())


def question_in(extraction: Extraction, key: str) -> Question:
    """Raise KeyError if there is no such question."""
    return {question.key: question for question in questions_in(told_by(extraction))}[key]


def told_by(extraction: Extraction) -> ParsedNotice:
    """The notice as it came out of that document."""
    return replace(
        notice_from_json(extraction.notice.content),
        origins=origins_from_json(extraction.origins),
        doubts=doubts_from_json(extraction.doubts),
    )

"""What the office answers to what a notice leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from ingest.models import Extraction
from ingest.reading.questions import open_questions, questions_in
from ingest.reading.words import NotUnderstood
from ingest.selectors.questions import question_in, told_by
from opportunities.models import Notice
from opportunities.parsed_notice import ParsedNotice
from opportunities.selectors import rulings_about
from opportunities.services import rule_on_reading, undo_ruling
from portal.accounts.models import User


class Answer(StrEnum):
    CONFIRM = "confirm"  # it was read as it is meant
    CORRECT = "correct"  # it says something else
    SETTLE = "settle"  # it says nothing that matters


def asking(read: Iterable[tuple[ParsedNotice, Notice]]) -> set[int]:
    """The keys of those notices that leave a question open."""
    asked = [(parsed, notice) for parsed, notice in read if any(questions_in(parsed))]
    if not asked:
        return set()
    rulings = rulings_about({notice.opportunity_id for _, notice in asked})
    return {notice.pk for parsed, notice in asked if open_questions(parsed, rulings[notice.opportunity_id])}


@transaction.atomic
def answer_question(  # noqa: PLR0913  who answers what, and how
    extraction_id: int, key: str, *, answer: Answer, words: str = "", by: User, now: datetime
) -> int | None:
    """Take the office's answer to one question, for this reading and all that read the same.

    ``words`` are what it should say, where the answer corrects it. Raise NotUnderstood if they can't be read
    or there is nothing to confirm, KeyError if there is no such question. Answering the same again changes
    nothing. Return the key of the ruling that came of it, if one did.
    """
    extraction = Extraction.objects.select_related("notice").get(pk=extraction_id)
    question = question_in(extraction, key)
    value = None
    if answer is Answer.CONFIRM and question.value is None:
        raise NotUnderstood("nothing was read here that could be confirmed")
    if answer is Answer.CONFIRM:
        value = question.read
    elif answer is Answer.CORRECT:
        value = question.answered_with(words)
    ruling = rule_on_reading(
        extraction.notice_id,
        field=question.ruled_field,
        words=question.words,
        read=question.read,
        value=value,
        by=by,
        now=now,
    )
    _stop_asking(extraction.notice.opportunity_id)
    return None if ruling is None else ruling.pk


@transaction.atomic
def take_back_answer(ruling_id: int, *, by: User, now: datetime) -> None:
    """Undo an answer: what it was about is asked again, unless another answer holds. Twice is once."""
    ruling = undo_ruling(ruling_id, by=by, now=now)
    told = Extraction.objects.filter(
        notice__opportunity__publisher=ruling.publisher, notice__opportunity__process_id=ruling.process_id
    )
    resting = _with_notices(told.filter(asks_since=None))
    asked = [row.pk for row in resting if asking([(told_by(row), row.notice)])]
    Extraction.objects.filter(pk__in=asked).update(asks_since=now)


def _stop_asking(opportunity_id: int) -> None:
    """Let go of every document of the process in which nothing is open any more."""
    waiting = Extraction.objects.filter(notice__opportunity=opportunity_id, asks_since__isnull=False)
    rulings = rulings_about([opportunity_id])[opportunity_id]
    done = [
        extraction.pk
        for extraction in _with_notices(waiting)
        if not open_questions(told_by(extraction), rulings)
    ]
    Extraction.objects.filter(pk__in=done).update(asks_since=None)


def _with_notices(extractions: QuerySet[Extraction]) -> QuerySet[Extraction]:
    return extractions.select_related("notice").order_by("pk")

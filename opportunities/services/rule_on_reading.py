from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from opportunities.models import Notice, Ruling
from opportunities.selectors import rulings_of
from opportunities.services.groups import lock_groups
from opportunities.services.rulings import add_ruling
from opportunities.services.stories import open_stories, recall_stories, write_stories
from opportunities.services.story import Story
from portal.accounts.models import User


@transaction.atomic
def rule_on_reading(  # noqa: PLR0913  a ruling is about one reading of one notice
    notice_pk: int, *, field: str, words: str, read: Any, value: Any, by: User, now: datetime
) -> Ruling | None:
    """Let the office decide what a reading says, and bring the opportunity up to date.

    ``read`` and ``value`` are as in a notice's content: the same where the reading is confirmed, None for a
    value that isn't there. It holds for every reading of the process that reads the same, now and later,
    until a later publication says something else. Deciding the same again changes nothing, and returns None.
    """
    notice = Notice.objects.select_related("opportunity").defer("content").get(pk=notice_pk)
    story = _locked_story(Q(pk=notice.opportunity_id))
    ruling = add_ruling(notice, field=field, words=words, read=read, value=value, by=by, now=now)
    if ruling is not None:
        _compile_anew(story, notice, now=now)
    return ruling


@transaction.atomic
def undo_ruling(ruling_pk: int, *, by: User, now: datetime) -> Ruling:
    """Take back a decision about a reading: the one before it stands, or else what was read.

    Undoing it again does nothing. Return the ruling.
    """
    ruling = Ruling.objects.get(pk=ruling_pk)
    story = _locked_story(Q(publisher=ruling.publisher, process_id=ruling.process_id))
    if Ruling.objects.in_force().filter(pk=ruling_pk).update(undone_at=now, undone_by=by):
        versions = Notice.objects.filter(
            opportunity__publisher=ruling.publisher,
            opportunity__process_id=ruling.process_id,
            notice_id=ruling.notice_id,
        )
        _compile_anew(story, versions.defer("content").order_by("-pk")[0], now=now)
    return ruling


def _locked_story(process: Q) -> Story:
    (group,) = lock_groups(process)
    story = next(iter(open_stories([group]).values()))
    recall_stories([story])
    return story


def _compile_anew(story: Story, about: Notice, *, now: datetime) -> None:
    story.rule(about, rulings_of(story.processes), now=now)
    write_stories([story])

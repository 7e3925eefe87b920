"""Beside what a source told us: whether it told as much as it usually does."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from ingest.models import Extraction, Poll, QuarantinedPart, RawDocument, Source
from ingest.selectors.canary import CANARY
from ingest.services.layouts import judge_layouts
from ingest.watching.judgement import Coverage, Finding, PollCounts, judge, usual_rows

logger = logging.getLogger(__name__)

# Of the polls that went well, as many say what is usual.
LOOKED_AT = 10
# A document that has not been read by then counts as one that can't be.
PATIENCE = timedelta(minutes=10)


def check_sources(*, now: datetime) -> int:
    """Count each poll whose documents have been read, and raise or end its source's alarm.

    Returns how many polls were counted. Each is counted once, however often this is called.
    """
    waiting = Poll.objects.uncounted().order_by("polled_at", "pk").values_list("pk", flat=True)
    return sum(_count(pk, now=now) for pk in waiting)


@transaction.atomic
def accept_reading(source_id: int) -> None:
    """End a source's alarm by hand: what its last poll gave counts as usual from now on."""
    source = Source.objects.select_for_update().get(pk=source_id)
    counted = source.polls.filter(failure="", counted_at__isnull=False, left_off_at=None)
    last = counted.order_by("-polled_at", "-pk").first()
    if last is not None:
        Poll.objects.filter(pk=last.pk).update(alarm="")
        source.usual_since = last.polled_at
        source.usual_rows = usual_rows([_counts_of(last)])
    _end_alarm(source)
    source.save(update_fields=_KEPT_ON_SOURCE)


@transaction.atomic
def _count(poll_id: int, *, now: datetime) -> bool:
    poll = Poll.objects.select_for_update(skip_locked=True).filter(pk=poll_id, counted_at=None).first()
    if poll is None:
        return False
    documents = RawDocument.objects.filter(pk__in=poll.document_ids)
    unread = documents.filter(parsed_at=None).count()
    if unread and now < poll.polled_at + PATIENCE:
        return False
    source = Source.objects.select_for_update().get(pk=poll.source_id)
    judge_layouts(source, documents, now=now)
    poll.rejected = documents.exclude(rejected_because="").count() + unread
    poll.notices = Extraction.objects.filter(document__in=poll.document_ids).count()
    poll.unreadable = QuarantinedPart.objects.filter(document__in=poll.document_ids, settled_at=None).count()
    poll.counted_at = now
    poll.document_ids = []
    if poll.left_off_at is None:
        _add_the_round(poll)
    usual = [_counts_of(past) for past in Poll.objects.as_usual(source)[:LOOKED_AT]]
    finding = judge(_counts_of(poll), usual, coverage=_coverage_of(poll))
    poll.alarm = finding.alarm if finding else ""
    poll.save()
    if source.kind == CANARY:  # watched in another way
        return True
    if finding is None:
        if poll.left_off_at is None:
            source.usual_rows = usual_rows([_counts_of(poll), *usual][:LOOKED_AT])
            _end_alarm(source)
    else:
        _raise_alarm(source, finding, now=now)
    source.save(update_fields=_KEPT_ON_SOURCE)
    return True


def _add_the_round(last: Poll) -> None:
    """Count the visits before this one that left something to the next with the one that saw the rest."""
    visits = last.source.polls.filter(failure="", polled_at__lt=last.polled_at)
    whole = visits.filter(left_off_at=None).order_by("-polled_at", "-pk").first()
    parts = visits.exclude(left_off_at=None).exclude(left_off_at="")
    if whole is not None:
        parts = parts.filter(polled_at__gt=whole.polled_at)
    for name in ("documents", "new_documents", "notices", "unreadable", "rejected"):
        setattr(last, name, getattr(last, name) + sum(parts.values_list(name, flat=True)))


def _coverage_of(poll: Poll) -> Coverage:
    if poll.left_off_at is None:
        return Coverage.WHOLE
    return Coverage.PART if poll.left_off_at else Coverage.BEGINNING


_KEPT_ON_SOURCE = ("usual_rows", "usual_since", "alarm", "alarm_found", "alarm_usual", "alarmed_at")


def _raise_alarm(source: Source, finding: Finding, *, now: datetime) -> None:
    if source.alarm != finding.alarm:
        source.alarmed_at = now
        logger.warning("source alarms", extra={"source": source.slug, "alarm": finding.alarm})
    source.alarm, source.alarm_found, source.alarm_usual = finding.alarm, finding.found, finding.usual


def _end_alarm(source: Source) -> None:
    source.alarm, source.alarm_found, source.alarm_usual, source.alarmed_at = "", 0, 0, None


def _counts_of(poll: Poll) -> PollCounts:
    return PollCounts(
        documents=poll.documents, rejected=poll.rejected, notices=poll.notices, unreadable=poll.unreadable
    )

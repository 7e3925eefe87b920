"""From a comparison to a person's decision, and to documents read again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from ingest.models import RawDocument, Replay
from ingest.services.parse_document import reread_document
from ingest.services.replay.compare import archived_documents, replay_archive
from ingest.sources.base import PARSER_VERSION
from portal.accounts.models import User
from portal.lib.locks import try_advisory_lock

logger = logging.getLogger(__name__)

_LOCK = "replay"


class ReplayOutdated(Exception):
    """The readers have changed since the comparison: it no longer tells what accepting it would do."""


def request_replay(*, by: User | None, now: datetime) -> Replay:
    """Ask for a comparison. While one is asked for, that is it."""
    waiting = Replay.objects.requested().first()
    return waiting or Replay.objects.create(requested_by=by, requested_at=now)


def compare_requested(*, now: datetime) -> Replay | None:
    """Make the comparison that was asked for. None if none was, or another worker is at it.

    Killed half-way it leaves no trace, and is made from the start.
    """
    with try_advisory_lock(_LOCK) as held:
        replay = Replay.objects.requested().first() if held else None
        if replay is None:
            return None
        comparison = replay_archive(now=now)
        replay.compared_at = now
        replay.parser_version = PARSER_VERSION
        replay.documents = comparison.documents
        replay.opportunities = comparison.opportunities
        replay.different = comparison.different
        replay.digest = comparison.digest
        replay.fields = [
            [f.field, f.count, [[e.publisher, e.process_id, e.recorded, e.replayed] for e in f.examples]]
            for f in comparison.fields
        ]
        replay.save()
        return replay


def accept_replay(replay_id: int, *, by: User, now: datetime) -> None:
    """Have every document read again. Deciding again changes nothing. Raise ReplayOutdated if it is."""
    replay = Replay.objects.undecided().filter(pk=replay_id).first()
    if replay is None:
        return
    if replay.parser_version != PARSER_VERSION:
        raise ReplayOutdated
    _decide(replay_id, is_accepted=True, by=by, now=now)


def refuse_replay(replay_id: int, *, by: User, now: datetime) -> None:
    """Leave all as it is. Deciding again changes nothing."""
    _decide(replay_id, is_accepted=False, by=by, now=now)


def apply_accepted(
    *, now: datetime, seconds: float = float("inf"), clock: Callable[[], float] = time.monotonic
) -> int:
    """Read documents again for the replay that was accepted, as many as the time allows; return how many.

    Each is marked when it is done, so that the next call goes on from there, and twice is once.
    """
    until = clock() + seconds
    done = 0
    with try_advisory_lock(_LOCK) as held:
        replay = Replay.objects.to_apply().order_by("pk").first() if held else None
        if replay is None:
            return 0
        for pk in list(left_for(replay).values_list("pk", flat=True)):
            if clock() > until:
                return done
            done += _reread(pk, replay, now=now)
        if not left_for(replay).exists():
            Replay.objects.filter(pk=replay.pk).update(applied_at=now)
            logger.info("replay applied", extra={"replay": replay.pk})
    return done


def _reread(document_id: int, replay: Replay, *, now: datetime) -> bool:
    try:
        reread_document(document_id, replay=replay, now=now)
    except Exception:  # a bug in one reader must not keep the other documents waiting
        logger.exception("document not read again", extra={"document": document_id})
        return False
    return True


def left_for(replay: Replay) -> QuerySet[RawDocument]:
    """The documents that an accepted replay has still to read, in the order in which they were said."""
    assert replay.decided_at is not None  # noqa: S101  tells mypy what accepting means
    # What came after the decision was read by today's readers.
    waiting = archived_documents().filter(fetched_at__lte=replay.decided_at).exclude(reread_for=replay)
    return waiting.order_by("as_of", "pk")


def _decide(replay_id: int, *, is_accepted: bool, by: User, now: datetime) -> None:
    Replay.objects.undecided().filter(pk=replay_id).update(
        is_accepted=is_accepted, decided_by=by, decided_at=now
    )

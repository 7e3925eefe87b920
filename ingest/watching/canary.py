"""How far the hourly canary has come, and whether that is far enough by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.watching.alarms import Alarm

EVERY = timedelta(hours=1)
# Sweeps run every few seconds, so a minute is the rule. A deployment or a large upload may take this long.
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Canary:
    """One canary and when it passed each step; None: not yet."""

    fetched_at: datetime
    read_at: datetime | None = None
    recorded_at: datetime | None = None
    matched_at: datetime | None = None

    @property
    def took(self) -> timedelta | None:
        return None if self.matched_at is None else max(self.matched_at - self.fetched_at, timedelta(0))


def judge_canaries(canaries: Sequence[Canary], *, due_at: datetime, now: datetime) -> Alarm | None:
    """What keeps canaries from coming through; None: nothing. The latest one comes first.

    ``due_at`` is when the next is to be fetched.
    """
    if now > due_at + PATIENCE:
        return Alarm.CANARY_NOT_FETCHED
    if not canaries or canaries[0].matched_at is not None or now <= canaries[0].fetched_at + PATIENCE:
        return None
    return _where_it_is(canaries[0])


def _where_it_is(canary: Canary) -> Alarm:
    if canary.read_at is None:
        return Alarm.CANARY_NOT_READ
    if canary.recorded_at is None:
        return Alarm.CANARY_NOT_RECORDED
    return Alarm.CANARY_NOT_MATCHED

"""How far the hourly canary has come, and whether that is far enough by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ingest.watching.alarms import Alarm
from opportunities.canary import CANARY_MAIL_HOUR
from portal.lib.clocks import STOCKHOLM

EVERY = timedelta(hours=1)
# Sweeps run every few seconds, so a minute is the rule. A deployment or a large upload may take this long.
PATIENCE = timedelta(minutes=15)
# Digests are decided every quarter of an hour, and a mail server may say once or twice that it is busy.
MAIL_PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Canary:
    """One canary and when it passed each step; None: not yet."""

    fetched_at: datetime
    read_at: datetime | None = None
    recorded_at: datetime | None = None
    matched_at: datetime | None = None
    mailed_at: datetime | None = None  # handed to the mail server, which took it
    arrived_at: datetime | None = None  # found in the mailbox that it leads to, where we read that

    @property
    def took(self) -> timedelta | None:
        return None if self.matched_at is None else max(self.matched_at - self.fetched_at, timedelta(0))


def judge_canaries(
    canaries: Sequence[Canary], *, due_at: datetime, now: datetime, mailed_since: datetime | None = None
) -> Alarm | None:
    """What keeps canaries from coming through; None: nothing. The latest one comes first.

    ``due_at`` is when the next is to be fetched; ``mailed_since`` is from when on one a day is to be mailed,
    if at all.
    """
    if now > due_at + PATIENCE:
        return Alarm.CANARY_NOT_FETCHED
    if canaries and canaries[0].matched_at is None and now > canaries[0].fetched_at + PATIENCE:
        return _where_it_is(canaries[0])
    return None if mailed_since is None else _judge_mail(canaries, mailed_since, now)


def mail_due(now: datetime) -> datetime:
    """The last morning whose mail must be out by ``now``."""
    local = (now - MAIL_PATIENCE).astimezone(STOCKHOLM)
    day = local.date() if local.hour >= CANARY_MAIL_HOUR else local.date() - timedelta(days=1)
    return datetime.combine(day, time(CANARY_MAIL_HOUR), STOCKHOLM)


def _judge_mail(canaries: Sequence[Canary], mailed_since: datetime, now: datetime) -> Alarm | None:
    morning = mail_due(now)
    mailed = max((each for each in canaries if each.mailed_at), key=_mailed_at, default=None)
    if mailed is None or _mailed_at(mailed) < morning:
        return Alarm.CANARY_NOT_MAILED if mailed_since <= morning else None
    # Only where one has been found before does its address lead to a mailbox that we read.
    is_looked_for = any(each.arrived_at for each in canaries)
    if is_looked_for and mailed.arrived_at is None and now > _mailed_at(mailed) + MAIL_PATIENCE:
        return Alarm.CANARY_NOT_ARRIVED
    return None


def _mailed_at(canary: Canary) -> datetime:
    return canary.mailed_at or canary.fetched_at


def _where_it_is(canary: Canary) -> Alarm:
    if canary.read_at is None:
        return Alarm.CANARY_NOT_READ
    if canary.recorded_at is None:
        return Alarm.CANARY_NOT_RECORDED
    return Alarm.CANARY_NOT_MATCHED

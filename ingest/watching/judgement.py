"""Whether a poll gave what its source usually gives. Pure: told the counts, tells the alarm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

from ingest.watching.alarms import Alarm

# Below this many rows a source may well have nothing to tell for a day.
ENOUGH_ROWS = 5
# A fifth of the usual rows: portals shrink by night and grow by day, but not that much.
FEW = 5
# Percentage points above the usual share that an alarm waits for.
MUCH_MORE = 25


@dataclass(frozen=True, slots=True)
class PollCounts:
    """What became of everything that one poll showed."""

    documents: int
    rejected: int
    notices: int
    unreadable: int

    @property
    def rows(self) -> int:
        return self.notices + self.unreadable

    @property
    def rejected_percent(self) -> int:
        return 100 * self.rejected // self.documents if self.documents else 0

    @property
    def unreadable_percent(self) -> int:
        return 100 * self.unreadable // self.rows if self.rows else 0


class Coverage(StrEnum):
    """How much of a source a visit saw."""

    WHOLE = "whole"
    BEGINNING = "beginning"  # as far as time allowed: the next one begins anew
    PART = "part"  # the next one goes on, and the round is judged when it has been all round


@dataclass(frozen=True, slots=True)
class Finding:
    alarm: Alarm
    found: int
    usual: int


def usual_rows(polls: Sequence[PollCounts]) -> int | None:
    """The rows that a poll usually gives; None while no poll has given any."""
    rows = [poll.rows for poll in polls if poll.rows]
    return median_low(rows) if rows else None


def judge(
    poll: PollCounts, usual: Sequence[PollCounts], *, coverage: Coverage = Coverage.WHOLE
) -> Finding | None:
    """What is wrong with a poll, seen beside those that went as usual. None: nothing."""
    expected = _expected_rows(poll, usual, coverage)
    if expected >= ENOUGH_ROWS and poll.rows * FEW < expected:
        return Finding(Alarm.FEW_ROWS, poll.rows, expected)
    rejected = median_low([p.rejected_percent for p in usual] or [0])
    if poll.rejected_percent >= rejected + MUCH_MORE:
        return Finding(Alarm.REJECTED, poll.rejected_percent, rejected)
    unreadable = median_low([p.unreadable_percent for p in usual if p.rows] or [0])
    if poll.rows >= ENOUGH_ROWS and poll.unreadable_percent >= unreadable + MUCH_MORE:
        return Finding(Alarm.UNREADABLE, poll.unreadable_percent, unreadable)
    return None


def _expected_rows(poll: PollCounts, usual: Sequence[PollCounts], coverage: Coverage) -> int:
    """Parts of a portal differ too much to expect anything of one; its beginning is like all of it."""
    expected = usual_rows(usual) or 0
    if coverage is Coverage.PART:
        return 0
    if coverage is Coverage.BEGINNING:
        documents = median_low([past.documents for past in usual] or [0])
        return expected * min(poll.documents, documents) // documents if documents else 0
    return expected

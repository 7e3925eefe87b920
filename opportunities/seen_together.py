"""Who sees two opportunities that are read as one: worked out from who sees each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from opportunities.audience import EVERYONE, Audience


class Meeting(StrEnum):
    """What becomes of two rules of disclosure when what they are about becomes one."""

    SAME = "same"  # both are seen by the same, now
    SHOWS = "shows"  # one is seen and the other isn't: the other is disclosed by the one's rule
    WIDENS = "widens"  # both are seen, one by fewer: it is disclosed by the wider rule
    CLASHES = "clashes"  # both are seen, and each by some who don't see the other: they can't be one
    WAITS = "waits"  # neither is seen yet, both will be by the same: the later moment stands
    HIDES = "hides"  # neither is seen yet, and no one moment and rule was decided: the office alone


@dataclass(frozen=True, slots=True)
class Seen:
    """From when on whom a rule means sees something. ``since`` None: nobody but the office."""

    since: datetime | None
    to: Audience = EVERYONE

    def is_seen(self, *, at: datetime) -> bool:
        return self.since is not None and self.since <= at


@dataclass(frozen=True, slots=True)
class Together:
    """What stands for the two as one. ``learnt`` is the one that more see than before, 0 or 1."""

    meeting: Meeting
    stands: Seen
    learnt: int | None = None


def seen_together(one: Seen, other: Seen, *, at: datetime) -> Together:
    """What merging does to who sees the two: nobody sees less than was decided, unless nobody sees either."""
    if not (one.is_seen(at=at) or other.is_seen(at=at)):
        return _later(one, other)
    if not (one.is_seen(at=at) and other.is_seen(at=at)):
        learnt, stands = (1, one.to) if one.is_seen(at=at) else (0, other.to)
        return Together(Meeting.SHOWS, Seen(at, stands), learnt)
    if one.to == other.to:
        return Together(Meeting.SAME, one)
    if one.to.covers(other.to):
        return Together(Meeting.WIDENS, Seen(at, one.to), learnt=1)
    if other.to.covers(one.to):
        return Together(Meeting.WIDENS, Seen(at, other.to), learnt=0)
    return Together(Meeting.CLASHES, one)


def _later(one: Seen, other: Seen) -> Together:
    """Neither may be seen earlier, or by others, than was decided for it: what was decided later stands."""
    if one.since is None or other.since is None or one.to != other.to:
        return Together(Meeting.HIDES, Seen(None))
    return Together(Meeting.WAITS, Seen(max(one.since, other.since), one.to))

"""When a digest may be owed: in the morning of a working day, in Stockholm."""

from __future__ import annotations

from datetime import date, datetime, time

from portal.lib.clocks import STOCKHOLM

FROM = time(7)
SATURDAY = 5


def digest_due(now: datetime) -> date | None:
    """The period whose digests are owed by now: today in Stockholm, Monday to Friday from 07:00, else None.

    Days that were missed are not named: the next digest holds everything that hasn't been told.
    """
    local = now.astimezone(STOCKHOLM)
    if local.weekday() >= SATURDAY or local.time() < FROM:
        return None
    return local.date()

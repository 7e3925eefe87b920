"""When a digest may be owed: in the morning of a working day, in Stockholm; and which period that is of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from portal.lib.clocks import STOCKHOLM

FROM = time(7)
SATURDAY = 5
WORKING_DAYS = range(SATURDAY)
_DAY = timedelta(days=1)


def digest_due(now: datetime) -> date | None:
    """The period whose digests are owed by now: today in Stockholm, Monday to Friday from 07:00, else None.

    Days that were missed are not named: the next digest holds everything that hasn't been told.
    """
    local = now.astimezone(STOCKHOLM)
    if local.weekday() >= SATURDAY or local.time() < FROM:
        return None
    return local.date()


def period_began(day: date, weekday: int | None) -> date:
    """The first day of the period that ``day`` lies in, for who is written to weekly from ``weekday`` on.

    None is every working day, and each day is then a period of its own. A period is decided by the first
    run in it: where nobody was there to decide on its first day, the next day's run does.
    """
    return day if weekday is None else day - ((day.weekday() - weekday) % 7) * _DAY


def next_digest_on(weekday: int | None, *, decided_on: date | None, first: date) -> date:
    """The day of the next run, on ``first`` or later, that will decide about them."""
    day = first
    while day.weekday() not in WORKING_DAYS or (
        decided_on is not None and decided_on >= period_began(day, weekday)
    ):
        day += _DAY
    return day


def told_on(moment: datetime, weekday: int | None) -> date:
    """The day of the run that is the first to know what happened at ``moment``."""
    local = moment.astimezone(STOCKHOLM)
    day = local.date() if local.time() < FROM else local.date() + _DAY
    wanted = WORKING_DAYS if weekday is None else (weekday,)
    while day.weekday() not in wanted:
        day += _DAY
    return day

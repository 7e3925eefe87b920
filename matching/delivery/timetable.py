"""When a digest may be owed: from an hour of a day that suits its reader; and which period that is of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.lib.clocks import STOCKHOLM

FROM = time(7)
NIGHT = 22  # o'clock: from then on until morning nobody is written to
SATURDAY = 5
WORKING_DAYS = range(SATURDAY)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Habits:
    """When mail suits somebody."""

    time_zone: str = STOCKHOLM.key
    send_hour: int = FROM.hour  # from then on, until night
    wants_weekends: bool = False

    @property
    def days(self) -> range:
        return range(7) if self.wants_weekends else WORKING_DAYS

    @property
    def hour_in_words(self) -> str:
        return f"{self.send_hour:02}:00"

    @property
    def zone_in_words(self) -> str:
        """ "Stockholm", "New York"."""
        return self.time_zone.rpartition("/")[2].replace("_", " ")

    def local(self, now: datetime) -> datetime:
        return now.astimezone(ZoneInfo(self.time_zone))

    def awake_at(self, now: datetime) -> datetime | None:
        """Their own clock, where mail may come to them now at all."""
        local = self.local(now)
        return local if local.weekday() in self.days and FROM.hour <= local.hour < NIGHT else None

    def digest_due(self, now: datetime) -> date | None:
        """The period whose digest is owed by now: their own day, from their hour on; None at other times.

        Days that were missed are not named: the next digest holds everything that hasn't been told.
        """
        local = self.awake_at(now)
        return local.date() if local and local.hour >= self.send_hour else None

    def next_awake(self, now: datetime, *, from_hour: int = FROM.hour) -> datetime:
        """When mail may come to them next, not before that hour of their day; ``now``, where it may now."""
        local = self.local(now)
        if self.awake_at(now) and local.hour >= from_hour:
            return now
        day = local.date() if local.hour < from_hour else local.date() + _DAY
        while day.weekday() not in self.days:
            day += _DAY
        return datetime.combine(day, time(from_hour), local.tzinfo)


# Of who hasn't said otherwise
STANDARD = Habits()


def period_began(day: date, weekday: int | None) -> date:
    """The first day of the period that ``day`` lies in, for who is written to weekly from ``weekday`` on.

    None is every working day, and each day is then a period of its own. A period is decided by the first
    run in it: where nobody was there to decide on its first day, the next day's run does.
    """
    return day if weekday is None else day - ((day.weekday() - weekday) % 7) * _DAY


def next_digest_on(
    weekday: int | None, *, decided_on: date | None, first: date, on: Collection[int] = WORKING_DAYS
) -> date:
    """The day of the next run, on ``first`` or later, that decides about them; mail comes ``on`` these."""
    day = first
    while day.weekday() not in on or (decided_on is not None and decided_on >= period_began(day, weekday)):
        day += _DAY
    return day


def told_on(moment: datetime, weekday: int | None, habits: Habits = STANDARD) -> date:
    """The day, on its reader's own clock, of the first run to know what happened at ``moment``."""
    local = habits.local(moment)
    day = local.date() if local.hour < habits.send_hour else local.date() + _DAY
    wanted = habits.days if weekday is None else (weekday,)
    while day.weekday() not in wanted:
        day += _DAY
    return day

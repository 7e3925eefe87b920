"""Which digests are decided next: when, for how many people, and what they would hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from matching.delivery.due import ORDER, due_to_each
from matching.delivery.tendered import tendered_to_each, without_tendered
from matching.delivery.timetable import NIGHT, Habits, next_digest_on
from matching.models import Subscription
from matching.selectors.digests import TENDERED

MOMENTS = 6
# Somebody waits for the answer.
MOST_ASKED_ABOUT = 100


@dataclass(frozen=True, slots=True)
class Upcoming:
    """That so many people are decided about at a moment, or at the next sweep after it."""

    at: datetime
    day: date  # on their own clock
    recipients: frozenset[int]

    @property
    def people(self) -> int:
        return len(self.recipients)


@dataclass(frozen=True, slots=True)
class Foretold:
    """What digests would hold if they were decided now."""

    people: int  # that were asked about
    is_part: bool  # there are more
    mails: int
    lines: tuple[tuple[str, int], ...]  # by section; TENDERED for projects

    @property
    def is_empty(self) -> bool:
        return not self.mails


def upcoming_digests(*, now: datetime, count: int = MOMENTS) -> tuple[Upcoming, ...]:
    """The next moments, at each the people whose digest comes then; not those who are told at once.

    Whoever has subscriptions of several rhythms counts at the first. One query.
    """
    wanted = Subscription.objects.wanted().filter(is_immediate=False)
    first: dict[int, tuple[datetime, date]] = {}
    rows = wanted.order_by().values_list(
        "recipient",
        "recipient__time_zone",
        "recipient__send_hour",
        "recipient__wants_weekends",
        "weekday",
        "decided_on",
    )
    for recipient_id, zone, hour, weekends, weekday, decided_on in rows:
        when = _next(Habits(zone, hour, weekends), weekday, decided_on, now=now)
        first[recipient_id] = min(when, first.get(recipient_id, when))
    people: dict[tuple[datetime, date], set[int]] = defaultdict(set)
    for recipient_id, when in first.items():
        people[when].add(recipient_id)
    return tuple(Upcoming(at, day, frozenset(people[at, day])) for at, day in sorted(people)[:count])


def foretell(recipients: Collection[int], *, now: datetime) -> Foretold:
    """Decide as the run will, and note nothing; about MOST_ASKED_ABOUT people at most."""
    asked = sorted(recipients)[:MOST_ASKED_ABOUT]
    wanted = Subscription.objects.wanted().filter(recipient__in=asked, is_immediate=False)
    rows = wanted.with_what_is_read().order_by("recipient", "pk")
    people = [list(own) for _, own in groupby(rows, key=lambda each: each.recipient_id)]
    tendered = tendered_to_each(people, now=now)
    lines = [tendered[own[0].recipient_id] for own in people]
    due = [without_tendered(*mail) for mail in zip(due_to_each(people, now=now), lines, strict=True)]
    projects = [len(own) for own in lines]
    counts = Counter(each.section for mail in due for each in mail)
    sections = [(TENDERED, sum(projects)), *((str(section), counts[section]) for section in ORDER)]
    return Foretold(
        people=len(asked),
        is_part=len(asked) < len(recipients),
        mails=sum(bool(mail or count) for mail, count in zip(due, projects, strict=True)),
        lines=tuple((section, count) for section, count in sections if count),
    )


def _next(
    habits: Habits, weekday: int | None, decided_on: date | None, *, now: datetime
) -> tuple[datetime, date]:
    local = habits.local(now)
    first = local.date() if local.hour < NIGHT else local.date() + timedelta(days=1)
    day = next_digest_on(weekday, decided_on=decided_on, first=first, on=habits.days)
    moment = datetime.combine(day, time(habits.send_hour), local.tzinfo)
    return max(moment.astimezone(now.tzinfo), now), day

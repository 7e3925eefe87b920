"""Events as an iCalendar file. The same events give the same bytes, whenever it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vDuration, vText, vUri

from opportunities.calendar.records import CalendarEvent, EventKind
from portal.lib.clocks import INDIA

PRODUCT = "-//Setu//Calendar//EN"
ASK_AGAIN_AFTER = timedelta(hours=6)
_DAY = timedelta(days=1)
ALARMS = {EventKind.QUESTIONS: (_DAY,), EventKind.CLOSING: (7 * _DAY, 2 * _DAY)}
# Of a day alone: nobody wants to be woken at midnight.
_MORNING = timedelta(hours=9)
LONGEST = 500  # of one text: titles of notices run on for pages


@dataclass(frozen=True, slots=True)
class WordedEvent:
    """An event with the words a reader sees, in the reader's language."""

    event: CalendarEvent
    summary: str
    description: str
    location: str
    url: str


def calendar_file(entries: Iterable[WordedEvent], *, name: str, host: str) -> bytes:
    """The events as a calendar called ``name``; ``host`` makes their identifiers the world's own."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(_plain(name)))
    calendar.add("x-wr-calname", vText(_plain(name)))
    calendar.add("refresh-interval", vDuration(ASK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN_AFTER))
    calendar.add_component(_india())
    for entry in sorted(entries, key=lambda entry: (entry.event.moment.at, _uid(entry.event, host))):
        calendar.add_component(_event(entry, host))
    written: bytes = calendar.to_ical()
    return written


def _india() -> Timezone:
    """Without summer time, since 1945."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  local time, as RFC 5545 wants it here
    standard.add("tzoffsetfrom", timedelta(hours=5, minutes=30))
    standard.add("tzoffsetto", timedelta(hours=5, minutes=30))
    standard.add("tzname", "IST")
    zone = Timezone()
    zone.add("tzid", INDIA.key)
    zone.add_component(standard)
    return zone


def _uid(event: CalendarEvent, host: str) -> str:
    return f"opportunity-{event.opportunity_id}-{event.kind}@{host}"


def _event(entry: WordedEvent, host: str) -> Event:
    event = entry.event
    drawn = Event()
    drawn.add("uid", _uid(event, host))
    drawn.add("sequence", event.sequence)
    drawn.add("dtstamp", event.changed_at)
    drawn.add("last-modified", event.changed_at)
    drawn.add("dtstart", event.moment.at.astimezone(INDIA) if event.moment.has_time else event.day)
    drawn.add("summary", _plain(entry.summary))
    drawn.add("description", _lines(entry.description))
    if entry.location:
        drawn.add("location", _plain(entry.location))
    drawn.add("url", vUri(entry.url))
    drawn.add("status", "CANCELLED" if event.is_called_off else "CONFIRMED")
    drawn.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    if not event.is_called_off:
        for before in ALARMS.get(event.kind, ()):
            drawn.add_component(_alarm(entry, before))
    return drawn


def _alarm(entry: WordedEvent, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(entry.summary))
    alarm.add("trigger", -before if entry.event.moment.has_time else _MORNING - before)
    return alarm


def _plain(text: str) -> str:
    """One line without control characters, which a calendar may not hold."""
    return _cut(" ".join(_readable(text).split()))


def _lines(text: str) -> str:
    lines = (" ".join(_readable(line).split()) for line in text.split("\n"))
    return "\n".join(_cut(line) for line in lines)


def _readable(text: str) -> str:
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

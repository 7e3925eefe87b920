"""Dates and times as Indian offices write them: in Indian time, the day before the month."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from ingest.reading.words import NotUnderstood, says_nothing, tidy
from opportunities.parsed_notice import Moment
from portal.lib.clocks import INDIA

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?=$|[t ,])")
_MONTH_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ,]*(?:of )?(?P<month>[a-z]{3,9})[-/. ,]*(?P<year>\d{4})"
)
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?,? ")
_TIME = re.compile(
    r"(?:[t,(]|at|by|up ?to|till|until|before|@|-| )*"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?)?\s*"
    r"(?P<half>[ap]\.?\s?m\.?)?\s*(?:hrs?|hours|o'?clock)?\.?\s*"
    r"(?P<zone>z|utc|gmt|ist|\(ist\)|[+-]\d{2}:?\d{2})?\s*\)?\.?"
)
_MILITARY = re.compile(
    r"(?:[,(]|at|by|up ?to|till|until|before|@|-| )*(?P<hour>\d{2})(?P<minute>\d{2})\s*(?:hrs?|hours)\.?\)?"
)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LONGEST = 80


def read_moment(words: str) -> Moment | None:
    """The point in time that ``words`` state, in India's zone, or None where they state none.

    A day without a time lasts until its last second in India, and says so (``has_time`` False).
    Raise NotUnderstood for words that are no date, or one that can't be.
    """
    plain = tidy(words).casefold()
    if says_nothing(plain):
        return None
    if len(plain) > _LONGEST:
        raise NotUnderstood("this is too long to be a date")
    day, rest = _day(_WEEKDAY.sub("", plain))
    if rest in ("", "ist", "(ist)"):
        return Moment(_at(day, 23, 59, 59), has_time=False)
    return Moment(_with_time(day, rest))


def read_published(words: str) -> datetime | None:
    """When something was published, or None where nothing is stated.

    A day without a time counts from its first second in India, so that nothing seems to have been
    published after we read it.
    """
    moment = read_moment(words)
    if moment is None or moment.has_time:
        return moment.at if moment else None
    return moment.at.replace(hour=0, minute=0, second=0)


def _day(words: str) -> tuple[date, str]:
    """The day at the start of ``words``, and what follows it."""
    for pattern in (_MONTH_NAMED, _DAY_FIRST, _YEAR_FIRST, _MONTH_FIRST):
        if match := pattern.match(words):
            break
    else:
        raise NotUnderstood("this isn't a date in any form we know")
    name = match["month"]
    month = int(name) if name.isdigit() else _MONTHS.get(name)
    if month is None:
        raise NotUnderstood(f"“{name}” isn't a month")
    year = int(match["year"])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise NotUnderstood(f"the year {year} can't be meant")
    try:
        return date(year, month, int(match["day"])), words[match.end() :].strip(" ,;.")
    except ValueError:
        raise NotUnderstood("there is no such day in the calendar") from None


def _with_time(day: date, words: str) -> datetime:
    match = _TIME.fullmatch(words)
    if match is None:
        military = _MILITARY.fullmatch(words)
        if military is None:
            raise NotUnderstood("what follows the date isn't a time")
        return _at(day, int(military["hour"]), int(military["minute"]))
    if not (match["minute"] or match["half"]):
        raise NotUnderstood("what follows the date isn't a time")
    hour = int(match["hour"])
    if match["half"]:
        hour = _hour_of_day(hour, is_afternoon=match["half"].startswith("p"))
    at = _at(day, hour, int(match["minute"] or 0), int(match["second"] or 0))
    return _in_zone(at, match["zone"])


def _hour_of_day(hour: int, *, is_afternoon: bool) -> int:
    if 12 < hour < 24 and is_afternoon:  # "15:00 PM": said twice, meant once
        return hour
    if not 1 <= hour <= 12:
        raise NotUnderstood("there is no such time of day")
    return hour % 12 + (12 if is_afternoon else 0)


def _at(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=INDIA)
    except ValueError:
        raise NotUnderstood("there is no such time of day") from None


def _in_zone(at: datetime, zone: str | None) -> datetime:
    if not zone or "ist" in zone:
        return at
    if zone in ("z", "utc", "gmt"):
        return at.replace(tzinfo=UTC).astimezone(INDIA)
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise NotUnderstood("there is no such time zone")
    offset = timedelta(hours=hours, minutes=minutes)
    return at.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset)).astimezone(INDIA)

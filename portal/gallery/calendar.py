"""Dates as events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from opportunities.calendar.records import CalendarEvent, EventKind
from opportunities.parsed_notice import Moment
from portal.dashboards.calendar_month import ShownEvent
from portal.gallery.made_up import DEADLINE, LONG_TITLE, LONG_WORD, NOW, opportunity
from portal.gallery.records import Example, Within


def examples() -> Iterator[Example]:
    closing = _event()
    day_alone = Moment(DEADLINE, has_time=False)
    shown = {
        "bids close": ShownEvent(closing, is_followed=False, is_over=False),
        "followed": ShownEvent(closing, is_followed=True, is_over=False),
        "over": ShownEvent(closing, is_followed=False, is_over=True),
        "called off": ShownEvent(replace(closing, is_called_off=True), is_followed=True, is_over=False),
        "a day alone": ShownEvent(
            replace(closing, kind=EventKind.QUESTIONS, moment=day_alone), is_followed=False, is_over=False
        ),
        "paper copies": ShownEvent(
            replace(closing, kind=EventKind.PAPERS, moment=day_alone), is_followed=False, is_over=False
        ),
        "a meeting, long": ShownEvent(
            replace(closing, kind=EventKind.PREBID, title=LONG_TITLE, place=LONG_WORD, buyer_name=LONG_WORD),
            is_followed=False,
            is_over=False,
        ),
        "little known": ShownEvent(
            replace(closing, buyer_name="", city=""), is_followed=False, is_over=False
        ),
    }
    for state, event in shown.items():
        yield Example("calendar_event", state, {"shown": event}, Within.CARDS)


def _event() -> CalendarEvent:
    about = opportunity()
    return CalendarEvent(
        opportunity_id=about.pk,
        kind=EventKind.CLOSING,
        moment=Moment(DEADLINE),
        title=about.title,
        buyer_name=about.buyer_name,
        city=about.city,
        place="",
        process_id=about.process_id,
        is_called_off=False,
        sequence=1,
        changed_at=NOW,
    )

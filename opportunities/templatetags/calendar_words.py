"""What the events of a calendar are called, on a page and in a file."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opportunities.calendar.records import CalendarEvent, EventKind
from portal.ui import formats

register = template.Library()

EVENTS = {
    EventKind.QUESTIONS: _("Last day for questions"),
    EventKind.PREBID: _("Pre-bid meeting"),
    EventKind.PAPERS: _("Paper copies due"),
    EventKind.CLOSING: _("Bids close"),
    EventKind.OPENING: _("Bids opened"),
}


@register.filter
def event_name(kind: EventKind) -> str:
    return str(EVENTS[kind])


def event_summary(event: CalendarEvent) -> str:
    """One line for a calendar that shows other things too."""
    name = gettext("%(event)s: %(title)s") % {"event": event_name(event.kind), "title": event.title}
    return gettext("Called off – %(event)s") % {"event": name} if event.is_called_off else name


def event_description(event: CalendarEvent, *, url: str) -> str:
    """Who, when in both clocks, what isn't known, and where to read on."""
    lines = [
        event.buyer_name,
        gettext("Tender ID %(number)s") % {"number": event.process_id},
        _when(event),
        gettext("In Setu: %(url)s") % {"url": url},
    ]
    return "\n".join(line for line in lines if line)


def _when(event: CalendarEvent) -> str:
    at = event.moment.at
    if event.moment.has_time:
        return f"{formats.india_clock(at)}, {formats.stockholm_clock(at)}"
    if event.kind is EventKind.PAPERS:
        return gettext(
            "The notice asks for paper copies and gives them no day of their own: "
            "they must be there when bids close at the latest."
        )
    return gettext("%(day)s. The notice states no time of day.") % {"day": formats.day(at)}

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matching.delivery.links import absolute
from opportunities.calendar.records import CalendarEvent
from opportunities.templatetags.calendar_words import event_name
from portal.dashboards.calendar_month import ShownEvent
from portal.lib.clocks import INDIA
from portal.lib.spreadsheet import Cell
from portal.lib.tables import Column, Table


def _when(event: CalendarEvent) -> Cell:
    there = event.moment.at.astimezone(INDIA)
    return there if event.moment.has_time else there.date()


CALENDAR: Table[ShownEvent] = Table(
    "calendar",
    _("Calendar"),
    (
        Column("when", _("When, in India"), lambda shown: _when(shown.event)),
        Column("what", _("What"), lambda shown: event_name(shown.event.kind)),
        Column("title", _("Title"), lambda shown: shown.event.title),
        Column("buyer", _("Buyer"), lambda shown: shown.event.buyer_name),
        Column("city", _("City"), lambda shown: shown.event.city),
        Column("place", _("Place"), lambda shown: shown.event.place),
        Column("tender_id", _("Tender ID"), lambda shown: shown.event.process_id),
        Column("is_followed", _("Followed"), lambda shown: shown.is_followed),
        Column("is_called_off", _("Called off"), lambda shown: shown.event.is_called_off),
        Column(
            "page",
            _("Page in Setu"),
            lambda shown: absolute(reverse("dashboards:opportunity", args=[shown.event.opportunity_id])),
        ),
    ),
)

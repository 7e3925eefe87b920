"""Calendars as files that other programs read: of one opportunity, and a person's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from matching.delivery.links import absolute, site_host
from matching.selectors import in_calendar
from opportunities.calendar.file import WordedEvent, calendar_file
from opportunities.calendar.records import CalendarEvent
from opportunities.dates import dated_from, events_with_history
from opportunities.selectors import opportunities_for_office, survivor_of, visible_opportunities
from opportunities.templatetags.calendar_words import event_description, event_summary
from portal.accounts.feed_links import feed_of, note_use
from portal.accounts.models import Company, FeedLink
from portal.accounts.roles import is_office
from portal.dashboards.calendar_scope import scope_named
from portal.lib.clocks import INDIA

# So that an event which has just passed, or is called off, doesn't vanish from people's calendars at once.
KEPT_FOR = timedelta(days=60)
MOST_OPPORTUNITIES = 500


@require_safe
@login_required
def opportunity_calendar(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """The dates of one opportunity. What the door doesn't show a company doesn't exist for it."""
    company: Company | None = getattr(request, "company", None)
    if is_office(request.user):
        known = opportunities_for_office()
    elif company is not None:
        known = visible_opportunities(to=company, at=timezone.now())
    else:
        raise PermissionDenied
    found = known.filter(pk=opportunity_id).defer("search_vector", "description").first()
    if found is None:
        survivor = survivor_of(opportunity_id)
        if survivor is None or not known.filter(pk=survivor).exists():
            raise Http404
        return redirect("dashboards:opportunity_calendar", survivor)
    body = calendar_file(_worded(events_with_history([found])), name=found.title, host=site_host())
    return _answer(request, body, filename=f"setu-{found.pk}.ics")


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's calendar, in the person's language, for whoever holds its address."""
    now = timezone.now()
    link = feed_of(token, kind=FeedLink.Kind.CALENDAR)
    if link is None:
        raise Http404
    note_use(link, now=now)
    known = in_calendar(link.company, least=scope_named(link.about).least, at=now)
    recent = dated_from(known, (now - KEPT_FOR).astimezone(INDIA).date())
    # Where no bids can be handed in, the notices may have taken a date back: that is told as well.
    told = known.filter(Q(pk__in=recent.values("pk")) | Q(submission_deadline=None))
    chosen = list(told.order_by("-recorded_at", "-pk")[:MOST_OPPORTUNITIES])
    with translation.override(link.user.language):
        name = gettext("Setu: deadlines for %(company)s") % {"company": link.company.name}
        entries = _worded(events_with_history(chosen))
    return _answer(request, calendar_file(entries, name=name, host=site_host()), filename="setu.ics")


def feed_path(token: str) -> str:
    return reverse("dashboards:calendar_feed", args=[token])


def _worded(events: Iterable[CalendarEvent]) -> list[WordedEvent]:
    entries = []
    for event in events:
        url = absolute(reverse("dashboards:opportunity", args=[event.opportunity_id]))
        entries.append(
            WordedEvent(
                event=event,
                summary=event_summary(event),
                description=event_description(event, url=url),
                location=event.place or event.city,
                url=url,
            )
        )
    return entries


def _answer(request: HttpRequest, body: bytes, *, filename: str) -> HttpResponse:
    """The file, or 304 where the program has it already. Nobody between may keep it."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "ETag": etag,
            "Cache-Control": "private, no-cache",
            "X-Robots-Tag": "noindex",
        },
    )
    answer = get_conditional_response(request, etag=etag, response=response)
    return response if answer is None else answer

"""The deadlines of what a company follows and of what fits it, month by month."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from matching.delivery.links import absolute
from matching.selectors import followed_in, in_calendar
from opportunities.dates import dated_between, dated_from, events_standing
from portal.accounts.feed_links import feed_links_of, make_feed_link, revoke_feed_link
from portal.accounts.http import CompanyRequest
from portal.accounts.models import FeedLink
from portal.accounts.roles import company_required
from portal.dashboards.calendar_feed import feed_path
from portal.dashboards.calendar_month import (
    Month,
    ShownEvent,
    days_shown,
    lay_out_month,
    month_named,
)
from portal.dashboards.calendar_scope import SCOPES, Scope, scope_named
from portal.dashboards.tables.calendar import CALENDAR
from portal.lib.clocks import STOCKHOLM
from portal.ui.downloads import asked_kind, download


@require_GET
@company_required
def calendar(request: CompanyRequest) -> HttpResponseBase:
    now = timezone.now()
    today = now.astimezone(STOCKHOLM).date()
    scope = scope_named(request.GET.get("score"))
    is_list = request.GET.get("view") == "agenda"
    month = _month(request, scope, month_named(request.GET.get("month", ""), today=today), now=now)
    if kind := asked_kind(request):
        return download(kind, CALENDAR, [shown for day in month.agenda for shown in day.events])
    context = {
        "section": "calendar",
        "now": now,
        "today": today,
        "month": month,
        "scope": scope,
        "scopes": SCOPES,
        "is_list": is_list,
        "query": f"score={scope.name}" + ("&view=agenda" if is_list else ""),
        "next_day": None if month.agenda else _next_day(request, scope, month, now=now),
        "links": [
            (link, scope_named(link.about))
            for link in feed_links_of(request.user, request.company, FeedLink.Kind.CALENDAR)
        ],
    }
    return render(request, "portal/calendar.html", context)


def _month(request: CompanyRequest, scope: Scope, first: date, *, now: datetime) -> Month:
    known = in_calendar(request.company, least=scope.least, at=now)
    shown = {each.pk: each for each in dated_between(known, *days_shown(first))}
    events = [
        ShownEvent(
            event,
            is_followed=followed_in(shown[event.opportunity_id]) is not None,
            is_over=event.moment.at <= now,
        )
        for event in events_standing(list(shown.values()))
    ]
    return lay_out_month(first, events, today=now.astimezone(STOCKHOLM).date())


def _next_day(request: CompanyRequest, scope: Scope, month: Month, *, now: datetime) -> date | None:
    """The first day with an event after a month that has none."""
    known = dated_from(in_calendar(request.company, least=scope.least, at=now), month.after)
    # Of each the next date counts, which may be any of the five: the few soonest are enough to know it.
    soonest = known.order_by("submission_deadline", "pk")[:50]
    days = [event.day for event in events_standing(list(soonest)) if event.day >= month.after]
    return min(days, default=None)


@never_cache
@require_POST
@company_required
def make_address(request: CompanyRequest) -> HttpResponse:
    """A private address, shown once: the page that answers is the only place where it stands."""
    scope = scope_named(request.POST.get("score"))
    made = make_feed_link(
        user=request.user,
        company=request.company,
        kind=FeedLink.Kind.CALENDAR,
        about=scope.name,
        now=timezone.now(),
    )
    address = absolute(feed_path(made.token))
    context = {
        "section": "calendar",
        "scope": scope,
        "address": address,
        # Calendar programs open it by themselves.
        "program_address": f"webcal:{address.partition(':')[2]}",
    }
    return render(request, "portal/calendar_address.html", context)


@require_POST
@company_required
def revoke_address(request: CompanyRequest, link_id: int) -> HttpResponse:
    if not revoke_feed_link(link_id, user=request.user, now=timezone.now()):
        raise Http404
    return redirect("dashboards:calendar")

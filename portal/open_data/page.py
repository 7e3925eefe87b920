"""The page on open data: what there is, what one may do with it, and how."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date
from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opportunities.exports.ocds import releases
from opportunities.exports.told import ToldProcess
from opportunities.project_selectors import public_projects
from opportunities.selectors import MonthCounted, latest_told, months_counted, public_opportunities
from opportunities.templatetags.opportunity_words import state_name
from portal.open_data.changes import CHANGES
from portal.open_data.republisher import republisher
from portal.ui.charts.records import BarChart, ColumnChart, NamedCount, Period, Series
from portal.ui.formats import locale

MONTHS_DRAWN = 12
MOST_STATES = 12


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    months = months_counted(at=now)
    latest = latest_told(at=now)
    context = {
        "months": months,
        "latest": latest and latest.disclosed_from,
        "processes": sum(told.processes for told in months),
        "projects": public_projects(at=now).count(),
        "by_month": _by_month(months, now),
        "by_state": _by_state(now),
        "sample": _sample(latest),
        "ocid": latest and f"{republisher().ocid_prefix}-{latest.number}",
        "prefix": republisher().ocid_prefix,
        "publisher": settings.PUBLISHER_NAME,
        "contact": settings.CONTACT_EMAIL,
        "site": settings.SITE_URL,
        "today": timezone.localdate(),
        "changes": CHANGES,
    }
    return render(request, "open_data/open_data.html", context)


def _sample(latest: ToldProcess | None) -> str:
    """A release as it is: the last of what was told last."""
    if latest is None:
        return ""
    told = [*releases(latest, republisher())]
    return json.dumps(told[-1], ensure_ascii=False, indent=2) if told else ""


def _months_before(day: date, number: int) -> date:
    """The first day of the month so many months before a day's."""
    count = 12 * day.year + day.month - 1 - number
    return date(count // 12, count % 12 + 1, 1)


def _by_month(months: Sequence[MonthCounted], now: datetime) -> ColumnChart:
    counted = {told.month: told.processes for told in months}
    drawn = [_months_before(now.date(), number) for number in reversed(range(MONTHS_DRAWN))]
    return ColumnChart(
        key="months",
        title=_("Processes by the month in which they were told"),
        period_title=_("Month"),
        periods=tuple(
            Period(
                format_date(month, "LLL yy", locale=locale()),
                format_date(month, "LLLL y", locale=locale()),
            )
            for month in drawn
        ),
        series=(Series(_("Processes"), tuple(counted.get(month, 0) for month in drawn)),),
        now=MONTHS_DRAWN - 1,
    )


def _by_state(now: datetime) -> BarChart:
    counted = public_opportunities(at=now).order_by().values("state").annotate(count=Count("pk"))
    rows = counted.order_by("-count", "state")
    named = [(row["state"], row["count"]) for row in rows if row["state"]]
    lines = [NamedCount(state_name(state), count) for state, count in named[:MOST_STATES]]
    if rest := sum(count for __, count in named[MOST_STATES:]):
        lines.append(NamedCount(_("Other states"), rest))
    if unknown := sum(row["count"] for row in rows if not row["state"]):
        lines.append(NamedCount(_("No state stated"), unknown))
    return BarChart(
        key="states",
        title=_("Processes by state"),
        name_title=_("State"),
        count_title=_("Processes"),
        lines=tuple(lines),
    )

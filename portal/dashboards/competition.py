"""How often members asked each other to bid together, and what they were warned of, for the office."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from matching.bidding.teams.records import Concern
from matching.selectors.competition import Answered, PartnerCounts, partner_counts, partner_requests
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.reports.period import chosen_quarter, offered_quarters
from portal.dashboards.reports.sections import period_name
from portal.dashboards.reports.steps import requests_as_told
from portal.lib.small_cells import LEAST
from portal.ui.charts.records import BarChart, NamedCount

ANSWERS = {
    Answered.AGREED: gettext_lazy("Both agreed"),
    Answered.DECLINED: gettext_lazy("Declined"),
    Answered.WAITING: gettext_lazy("Waiting for an answer"),
    Answered.TAKEN_BACK: gettext_lazy("Taken back"),
}
CONCERNS = {
    Concern.COULD_BID_ALONE: gettext_lazy("Could bid alone"),
    Concern.SUBSTITUTES: gettext_lazy("Offer the same"),
    Concern.IN_OTHER_TEAM: gettext_lazy("In another team"),
}
REASONS = {
    Concern.COULD_BID_ALONE: gettext_lazy(
        "One of the two seems to meet all requirements by itself. "
        "A joint bid would then take a bidder out of the competition."
    ),
    Concern.SUBSTITUTES: gettext_lazy(
        "Both cover the same fields of the tender and nothing beyond. "
        "Competitors may only join to reach what neither can alone."
    ),
    Concern.IN_OTHER_TEAM: gettext_lazy(
        "One of the two has agreed to bid for the same tender with somebody else. "
        "Whoever sits in two teams can carry what one plans to the other."
    ),
}


@require_GET
@office_required
def competition(request: OfficeRequest) -> HttpResponse:
    """Numbers and reasons of one quarter. No name, no tender, no price is looked up for it."""
    now = timezone.now()
    quarter = chosen_quarter(request.GET.get("period", ""), now=now)
    requests = partner_requests(since=quarter.begins, until=quarter.ends)
    counts = partner_counts(requests_as_told(quarter, requests, now=now))
    context = {
        "section": "competition",
        "quarter": quarter,
        "periods": [(each.key, period_name(each)) for each in offered_quarters(now)],
        "requests": _requests(counts),
        "warnings": _warnings(counts),
        "reasons": [(name, REASONS[concern]) for concern, name in CONCERNS.items()],
        "least": LEAST,
    }
    return render(request, "portal/competition.html", context)


def _requests(counts: PartnerCounts) -> BarChart:
    rows = [
        (_("Asked"), counts.asked),
        *((str(name), counts.answers[answered]) for answered, name in ANSWERS.items()),
        (_("Names told"), counts.revealed),
    ]
    return _bars("requests", _("Asked to bid together"), (_("What became of it"), _("Number")), rows)


def _warnings(counts: PartnerCounts) -> BarChart:
    rows = [
        *((str(name), counts.concerns[concern]) for concern, name in CONCERNS.items()),
        (_("No warning"), counts.unconcerned),
    ]
    return _bars("warnings", _("Warnings when asking"), (_("Warning"), _("Requests")), rows)


def _bars(key: str, title: str, columns: tuple[str, str], rows: Iterable[tuple[str, int | None]]) -> BarChart:
    lines = tuple(NamedCount(name, count or 0, is_untold=count is None) for name, count in rows)
    return BarChart(key, title, *columns, lines=lines)

"""What the office did today, and the way back from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opportunities.selectors import left_disclosed
from opportunities.selectors import merges as all_merges
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.cases import Deed, done_on_the_day_of
from portal.dashboards.inbox_deeds import go_to
from portal.dashboards.models import CaseEntry
from portal.dashboards.undoing import CantBeUndone, may_be_undone
from portal.dashboards.undoing import undo as take_back_deed

SHOWN_DONE = 200


@dataclass(frozen=True, slots=True)
class DoneToday:
    entry: CaseEntry
    may_be_undone: bool
    leaves_disclosed: bool  # a merge that showed something, which undoing can't unshow


@require_GET
@office_required
def done_today(request: OfficeRequest) -> HttpResponse:
    """What was done today, by anybody of the office."""
    now = timezone.now()
    entries = list(done_on_the_day_of(now)[:SHOWN_DONE])
    told = _leaving_disclosed(entries)
    done = [DoneToday(entry, may_be_undone(entry, at=now), entry.pk in told) for entry in entries]
    return render(request, "portal/done_today.html", {"section": "inbox", "done": done, "now": now})


@require_POST
@office_required
def undo(request: OfficeRequest, entry_id: int) -> HttpResponse:
    """Take something back. Leads to the line that waits again."""
    try:
        entry = take_back_deed(entry_id, by=request.user, now=timezone.now())
    except CaseEntry.DoesNotExist:
        raise Http404 from None
    except CantBeUndone:
        said = _("That can't be undone any more: others have seen it, or something was done about it since.")
        messages.warning(request, said)
        return go_to(request, "")
    messages.success(request, _("Undone: “%(title)s” waits as before.") % {"title": entry.title[:110]})
    if _leaving_disclosed([entry]):
        said = _(
            "What merging disclosed stays disclosed, since members could see it: withdraw it to hide it."
        )
        messages.warning(request, said)
    return go_to(request, entry.case.key)


def _leaving_disclosed(entries: Iterable[CaseEntry]) -> set[int]:
    """Those that are merges of which something stays disclosed when they are undone. Two queries at most."""
    by_merge = {entry.way_back: entry.pk for entry in entries if entry.deed == Deed.MERGED}
    made = all_merges().filter(pk__in=[pk for pk in by_merge if pk is not None])
    return {by_merge[pk] for pk in left_disclosed(made)} if by_merge else set()

"""The inbox: what waits; of one thing the original, what was read from it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from matching.selectors.digests import count_holds
from matching.services.encoder import current_meaning
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.cases import colleagues, entries_of, last_deed
from portal.dashboards.desk import desk_for
from portal.dashboards.handling import ChangedMeanwhile, NoLongerWaits
from portal.dashboards.inbox_forms import Typed
from portal.dashboards.inbox_lines import drawn_lines
from portal.dashboards.models import CaseEntry
from portal.dashboards.tables.inbox import WAITING
from portal.dashboards.waiting import AllWaiting, Waiting, WaitingKind, counts_of
from portal.lib.numbers import number_in
from portal.ui.downloads import asked_kind, download

DESK, INBOX = "desk", "inbox"  # the elements that htmx asks for alone


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which part of the inbox somebody works through."""

    kind: str = ""
    is_mine: bool = False

    @classmethod
    def by(cls, request: OfficeRequest) -> Narrowed:
        asked = request.POST if request.method == "POST" else request.GET
        kind = asked.get("kind", "")
        return cls(kind if kind in set(WaitingKind) else "", asked.get("mine", "") == "1")

    @property
    def query(self) -> str:
        said = {"kind": self.kind, "mine": "1" if self.is_mine else ""}
        return urlencode({name: value for name, value in said.items() if value})

    def lines(self, waiting: Sequence[Waiting], *, user_id: int) -> list[Waiting]:
        return [
            line
            for line in waiting
            if (not self.kind or line.kind == self.kind)
            and (not self.is_mine or (line.case and line.case.assigned_to_id == user_id))
        ]

    def address(self, key: str = "") -> str:
        query = "&".join(part for part in (self.query, urlencode({"item": key}) if key else "") if part)
        return f"{reverse('dashboards:inbox')}{'?' if query else ''}{query}"


@require_GET
@office_required
def inbox(request: OfficeRequest) -> HttpResponseBase:
    now = timezone.now()
    if kind := asked_kind(request):
        known = AllWaiting.found(at=now).lines
        return download(kind, WAITING, Narrowed.by(request).lines(known, user_id=request.user.pk))
    return draw_inbox(request, request.GET.get("item", ""), now=now)


def draw_inbox(  # noqa: PLR0913  what is open, and what came of an act
    request: OfficeRequest,
    key: str,
    *,
    now: datetime,
    typed: Typed | None = None,
    clash: ChangedMeanwhile | NoLongerWaits | None = None,
    status: int = 200,
    known: AllWaiting | None = None,
) -> HttpResponse:
    """The inbox, with the line of that key open if one is named. Raise Http404 if no such thing ever waited.

    ``known`` is what waits, where the caller has asked already.
    htmx is given the desk alone when it asks for that, and else all that changes with an act.
    """
    narrowed = Narrowed.by(request)
    is_desk_alone = request.method == "GET" and request.htmx.target == DESK
    known = known or (AllWaiting(now, []) if is_desk_alone else AllWaiting.found(at=now))
    waiting = known.lines
    lines = narrowed.lines(waiting, user_id=request.user.pk)
    line = known.line(key)
    desk = desk_for(line, at=now) if line else None
    gone = _gone(key) if key and desk is None else None
    if key and desk is None and gone is None and clash is None:
        raise Http404
    case = line.case if line else gone.case if gone else None
    entries = entries_of(case)
    context = {
        "section": "inbox",
        "now": now,
        "key": key,
        "narrowed": narrowed,
        "lines": drawn_lines(lines, narrowed_by=narrowed.query),
        "counts": counts_of(waiting),
        "mine": sum(1 for each in waiting if each.case and each.case.assigned_to_id == request.user.pk),
        "total": len(waiting),
        "line": line,
        "desk": desk,
        "gone": gone,
        "case": case,
        "entries": entries,
        "clash": clash,
        "colleagues": list(colleagues()) if desk else [],
        "next_key": request.GET.get("next") or _next_to(key, lines),
        "typed": typed or Typed(),
        # Told when one comes in; what is opened there has questions enough of its own.
        "holds": 0 if is_desk_alone or "item" in request.GET else count_holds(),
        "meaning": current_meaning(),
        "is_swap": request.htmx.target == INBOX,
    }
    if is_desk_alone:
        return render(request, "portal/_desk.html", context)
    if request.htmx.target == INBOX:
        answer = render(request, "portal/_inbox.html", context, status=status)
        answer["HX-Push-Url"] = narrowed.address(key)
        return answer
    return render(request, "portal/inbox.html", context, status=404 if gone and status == 200 else status)


def _next_to(key: str, lines: Sequence[Waiting]) -> str:
    """Where to go on after this one: the one after it, or else the one before."""
    keys = [line.key for line in lines]
    if key not in keys:
        return keys[0] if keys else ""
    at = keys.index(key)
    return (keys[at + 1 :] or keys[:at][-1:] or [""])[0]


def _gone(key: str) -> CaseEntry | None:
    """What was last done about something that waits no longer."""
    kind, _, number = key.partition("-")
    about = number_in(number)
    return None if about is None else last_deed(kind, about)

"""The same done about several things at once, each by itself: what can't be done hinders nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.deeds import NotForThis, disclosing, settling
from portal.dashboards.handling import ChangedMeanwhile, Hand, NoLongerWaits, assign, handle
from portal.dashboards.inbox import draw_inbox
from portal.dashboards.inbox_deeds import go_to
from portal.dashboards.inbox_forms import SettlementForm
from portal.dashboards.templatetags.case_words import deed_name
from portal.dashboards.waiting import what_waits

MOST = 100  # more than that nobody has looked at


@dataclass(frozen=True, slots=True)
class Chosen:
    """A line that was ticked, and how it stood then."""

    key: str
    seen: str

    @classmethod
    def read(cls, ticked: str) -> Chosen:
        key, _at, seen = ticked.partition("@")
        return cls(key, seen)


@require_POST
@office_required
def several(request: OfficeRequest) -> HttpResponse:
    """Disclose, settle or take all that was ticked. Tells what was left, and why."""
    chosen = [Chosen.read(ticked) for ticked in request.POST.getlist("chosen")[:MOST]]
    if not chosen:
        messages.warning(request, _("Nothing was ticked, so nothing was done."))
        return go_to(request, request.POST.get("item", ""))
    wish = request.POST.get("do", "")
    form = SettlementForm(request.POST)
    if wish == "settle" and not form.is_valid():
        messages.error(request, _("Nothing was done: settling several needs a reason, one for all of them."))
        return draw_inbox(request, "", now=timezone.now(), status=422)
    act = _WISHES.get(wish)
    if act is None:
        return go_to(request, "")
    because = form.cleaned_data["because"] if wish == "settle" else ""
    left = [line for one in chosen if (line := _try(request, one, act, because))]
    _tell(request, wish, len(chosen) - len(left), left)
    return go_to(request, "")


def _disclose(chosen: Chosen, hand: Hand, _because: str) -> None:
    handle(chosen.key, disclosing(None), hand=hand)


def _settle(chosen: Chosen, hand: Hand, because: str) -> None:
    handle(chosen.key, settling(because), hand=hand)


def _take(chosen: Chosen, hand: Hand, _because: str) -> None:
    assign(chosen.key, hand.by, hand=hand)


_WISHES: dict[str, Callable[[Chosen, Hand, str], None]] = {
    "disclose": _disclose,
    "settle": _settle,
    "take": _take,
}


def _try(
    request: OfficeRequest, chosen: Chosen, act: Callable[[Chosen, Hand, str], None], because: str
) -> str:
    """Do it to one of them; return what hindered it, in words, or "" where nothing did."""
    try:
        act(chosen, Hand(request.user, timezone.now(), chosen.seen), because)
    except NotForThis:
        return _called(chosen, _("that can't be done about it"))
    except NoLongerWaits as gone:
        return _what_was_done(gone)
    except ChangedMeanwhile as changed:
        last = changed.entries[-1] if changed.entries else None
        why = f"{last.done_by.name} {deed_name(last)}" if last else _("it has changed since you saw it")
        return _called(chosen, why)
    return ""


def _what_was_done(gone: NoLongerWaits) -> str:
    if gone.last is None:
        return _("something that isn't there any more")
    return _named(gone.last.title, f"{gone.last.done_by.name} {deed_name(gone.last)}")


def _called(chosen: Chosen, why: str) -> str:
    line = what_waits(chosen.key, at=timezone.now())
    return _named(line.title, why) if line else why


def _named(title: str, why: str) -> str:
    return _("“%(title)s”: %(why)s") % {"title": Truncator(title).chars(80), "why": why}


def _said(wish: str, done: int) -> str:
    """What was done, and whether it can be undone: what members have seen can't."""
    if wish == "disclose":
        words = ngettext(
            "%(count)s is disclosed, and members see it. It isn't undone, but withdrawn with a reason.",
            "%(count)s are disclosed, and members see them. They aren't undone, but withdrawn with a reason.",
            done,
        )
    elif wish == "take":
        words = ngettext("%(count)s is yours now.", "%(count)s are yours now.", done)
    else:
        words = ngettext(
            "Done with %(count)s. It can be undone under “Done today”.",
            "Done with %(count)s. Each can be undone by itself under “Done today”.",
            done,
        )
    return words % {"count": done}


def _tell(request: OfficeRequest, wish: str, done: int, left: Sequence[str]) -> None:
    if done:
        messages.success(request, _said(wish, done))
    if left:
        said = ngettext("%(count)s was left as it is:", "%(count)s were left as they are:", len(left))
        messages.warning(request, f"{said % {'count': len(left)}} {'; '.join(left)}.")

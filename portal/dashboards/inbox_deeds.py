"""What the office does from the inbox. Each leads on to the next line."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ingest.reading.words import NotUnderstood
from ingest.services import Answer
from ingest.templatetags.reason_words import reason_words
from opportunities.errors import DisclosureDiffers
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.cases import Deed, colleagues
from portal.dashboards.deeds import (
    Act,
    NotForThis,
    answering,
    approving,
    disclosing,
    merging,
    naming,
    settling,
)
from portal.dashboards.disclosure_form import DisclosureForm
from portal.dashboards.handling import ChangedMeanwhile, Hand, NoLongerWaits, assign, handle, remark
from portal.dashboards.inbox import INBOX, Narrowed, draw_inbox
from portal.dashboards.inbox_forms import RemarkForm, SettlementForm, Typed, TypedAnswer
from portal.dashboards.models import CaseEntry
from portal.dashboards.templatetags.case_words import done_words
from portal.dashboards.undoing import may_be_undone
from portal.dashboards.waiting import AllWaiting, WaitingKind, what_waits

CONFLICT = 409
_ANSWERED = {
    Answer.CONFIRM: gettext_lazy("Confirmed."),
    Answer.CORRECT: gettext_lazy("Corrected."),
    Answer.SETTLE: gettext_lazy("Settled."),
}
# Something in it may still be open afterwards. Every other deed takes it out of the inbox.
_MAY_LEAVE_SOME = frozenset({Deed.ANSWERED, Deed.ACCEPTED})


@require_POST
@office_required
def disclose(request: OfficeRequest, opportunity_id: int) -> HttpResponse:
    """Let every member see it, at the same moment."""
    key = f"{WaitingKind.UNDISCLOSED}-{opportunity_id}"
    form = DisclosureForm(request.POST)
    typed = Typed(disclosure=form)
    if not form.is_valid():
        return draw_inbox(request, key, now=timezone.now(), typed=typed, status=422)
    return _do(request, key, disclosing(form.cleaned_data["from_"]), typed)


@require_POST
@office_required
def settle(request: OfficeRequest, key: str) -> HttpResponse:
    """Note why something needs nothing more."""
    form = SettlementForm(request.POST)
    typed = Typed(settlement=form)
    if not form.is_valid():
        return draw_inbox(request, key, now=timezone.now(), typed=typed, status=422)
    return _do(request, key, settling(form.cleaned_data["because"]), typed)


@require_POST
@office_required
def merge(request: OfficeRequest, proposal_id: int) -> HttpResponse:
    """They are one. What members don't see of one yet is disclosed only where that was said as well."""
    key = f"{WaitingKind.DUPLICATE}-{proposal_id}"
    may_disclose = "disclose" in request.POST
    said = _(
        "Merged and disclosed. Undoing splits the two again; what was disclosed stays so until withdrawn."
    )
    try:
        return _do(
            request, key, merging(may_disclose=may_disclose), Typed(), said=said if may_disclose else ""
        )
    except DisclosureDiffers:
        return draw_inbox(request, key, now=timezone.now(), typed=Typed(is_merge_refused=True), status=422)


@require_POST
@office_required
def keep_apart(request: OfficeRequest, proposal_id: int) -> HttpResponse:
    """They are two, and it isn't asked again."""
    form = SettlementForm(request.POST)
    because = request.POST.get("because", "").strip()[:500]
    return _do(request, f"{WaitingKind.DUPLICATE}-{proposal_id}", settling(because), Typed(settlement=form))


@require_POST
@office_required
def approve(request: OfficeRequest, key: str) -> HttpResponse:
    """Let whoever registered act for the company."""
    return _do(request, key, approving, Typed())


@require_POST
@office_required
def means(request: OfficeRequest, key: str, buyer_id: int) -> HttpResponse:
    """A name that waits means a buyer that is known."""
    return _do(request, key, naming(buyer_id), Typed())


@require_POST
@office_required
def answer(request: OfficeRequest, extraction_id: int, key: str) -> HttpResponse:
    """Confirm, correct or settle one reading. Leads back to the same line while something in it is open."""
    chosen, item = request.POST.get("answer", ""), request.POST.get("item", "")
    if chosen not in set(Answer):
        raise Http404
    item = item or f"{WaitingKind.UNSURE}-{extraction_id}"
    words = request.POST.get("words", "").strip()[:500]
    typed = Typed(answer=TypedAnswer(extraction_id, key, words))
    act = answering(extraction_id, key, answer=Answer(chosen), words=words)
    try:
        return _do(request, item, act, typed, said=str(_ANSWERED[Answer(chosen)]))
    except (ObjectDoesNotExist, KeyError):
        raise Http404 from None
    except NotUnderstood as reason:
        said = _("“%(words)s” can't be taken: %(reason)s")
        messages.error(request, said % {"words": words, "reason": reason_words(str(reason))})
        return draw_inbox(request, item, now=timezone.now(), typed=typed, status=422)


@require_POST
@office_required
def give(request: OfficeRequest, key: str) -> HttpResponse:
    """Give it to somebody of the office, or to nobody. The line stays open."""
    to = request.POST.get("to", "")
    person = get_object_or_404(colleagues(), pk=to) if to.isdecimal() else None
    if "me" in request.POST:
        person = request.user
    try:
        given = assign(key, person, hand=_hand(request))
    except (ChangedMeanwhile, NoLongerWaits) as clash:
        return _clashed(request, key, clash, Typed())
    if given is not None:
        messages.success(
            request,
            _("%(name)s looks after it.") % {"name": person.name} if person else _("Nobody looks after it."),
        )
    return go_to(request, key)


@require_POST
@office_required
def write(request: OfficeRequest, key: str) -> HttpResponse:
    """Write something down for colleagues. The line stays open."""
    form = RemarkForm(request.POST)
    typed = Typed(remark=form)
    if not form.is_valid():
        return draw_inbox(request, key, now=timezone.now(), typed=typed, status=422)
    try:
        written = remark(key, form.cleaned_data["remark"], hand=_hand(request))
    except NoLongerWaits:
        raise Http404 from None
    say_done(request, written)
    return go_to(request, key)


def _hand(request: OfficeRequest) -> Hand:
    return Hand(request.user, timezone.now(), request.POST.get("seen", ""))


def _do(request: OfficeRequest, key: str, act: Act, typed: Typed, *, said: str = "") -> HttpResponse:
    """Do it and go on; where it isn't what the person had seen, show what stands and what they typed."""
    try:
        done = handle(key, act, hand=_hand(request))
    except NotForThis:
        raise Http404 from None
    except (ChangedMeanwhile, NoLongerWaits) as clash:
        return _clashed(request, key, clash, typed)
    say_done(request, done, said)
    following = request.POST.get("next", "")
    return go_to(request, *((key, following) if done.deed in _MAY_LEAVE_SOME else (following,)))


def _clashed(
    request: OfficeRequest, key: str, clash: ChangedMeanwhile | NoLongerWaits, typed: Typed
) -> HttpResponse:
    if isinstance(clash, NoLongerWaits) and clash.last is None:
        raise Http404
    return draw_inbox(request, key, now=timezone.now(), typed=typed, clash=clash, status=CONFLICT)


def say_done(request: OfficeRequest, done: CaseEntry, said: str = "") -> None:
    """Tell what was done and about what, since the next line is open by then; offer the way back, if any."""
    way_back = str(done.pk) if may_be_undone(done, at=timezone.now()) else ""
    told = {"title": done.title[:110], "done": said or done_words(done)}
    messages.success(request, _("“%(title)s”: %(done)s") % told, extra_tags=way_back)


def go_to(request: OfficeRequest, *keys: str) -> HttpResponse:
    """On to the first of these that waits; to the list alone where none does."""
    now = timezone.now()
    if request.htmx.target == INBOX:
        known = AllWaiting.found(at=now)
        return draw_inbox(request, next(filter(known.line, keys), ""), now=now, known=known)
    key = next((key for key in keys if what_waits(key, at=now)), "")
    return redirect(f"{Narrowed.by(request).address(key)}{'#desk' if key else ''}")

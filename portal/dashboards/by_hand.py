"""What could not be read, beside a form for what a person reads in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ingest.reading.by_hand import TYPED, read_typed
from ingest.reading.words import NotUnderstood
from ingest.selectors import HandRead, hand_readings_of, quarantined_part
from ingest.services import read_by_hand
from ingest.templatetags.reason_words import reason_words
from opportunities.parsed_notice import NoticeKind, Stage
from opportunities.templatetags.opportunity_words import STAGES
from portal.accounts.http import OfficeRequest
from portal.accounts.models import User
from portal.accounts.roles import office_required
from portal.dashboards.desk import Original, original_of
from portal.dashboards.waiting import WaitingKind
from portal.lib.numbers import number_in

# How far something can have come that is announced, in order.
ANNOUNCED = [Stage.IDENTIFIED, Stage.DPR, Stage.FUNDED, Stage.RFI, Stage.EOI, Stage.RFQ, Stage.TENDER]
KINDS = [
    (NoticeKind.TENDER, gettext_lazy("Something new")),
    (NoticeKind.CORRIGENDUM, gettext_lazy("A change to something known")),
    (NoticeKind.CANCELLATION, gettext_lazy("A cancellation")),
]


class HandReadingForm(forms.Form):
    """Everything is typed as it stands in the document, and read as it would have been read there."""

    kind = forms.ChoiceField(label=gettext_lazy("What it tells of"), choices=KINDS)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=1000, required=False)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        choices=[("", gettext_lazy("Not stated")), *((stage, STAGES[stage]) for stage in ANNOUNCED)],
        required=False,
    )
    buyer_name = forms.CharField(label=gettext_lazy("Buyer"), max_length=300, required=False)
    location = forms.CharField(
        label=gettext_lazy("City and state"), help_text="Mysuru, Karnataka", max_length=300, required=False
    )
    process_id = forms.CharField(
        label=gettext_lazy("Tender ID or the bulletin's own number"),
        help_text=gettext_lazy("For a change: what it changes. Left empty: a number of its own."),
        max_length=100,
        required=False,
    )
    portal = forms.CharField(
        label=gettext_lazy("Portal that numbers it"),
        help_text=gettext_lazy("Its address. Left empty: whoever the document comes from."),
        max_length=200,
        required=False,
    )
    value = forms.CharField(
        label=gettext_lazy("Value"), help_text="Rs. 42 Cr.", max_length=100, required=False
    )
    submission_deadline = forms.CharField(
        label=gettext_lazy("Last moment for bids, Indian time"),
        help_text="31/12/2026 15:00",
        max_length=80,
        required=False,
    )
    published_at = forms.CharField(
        label=gettext_lazy("Published"), help_text="20/11/2026", max_length=80, required=False
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    is_last = forms.BooleanField(
        label=gettext_lazy("Nothing more is to be read in this document"), initial=True, required=False
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        for fact in TYPED:
            try:
                read_typed(fact, typed.get(fact, ""))
            except NotUnderstood as reason:
                self.add_error(fact, reason_words(str(reason)))
        if typed.get("kind") == NoticeKind.TENDER and not typed.get("title"):
            self.add_error("title", _("Something new needs a title."))
        if typed.get("kind") != NoticeKind.TENDER and not typed.get("process_id"):
            self.add_error("process_id", _("Say what it changes."))
        return typed


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: a part of a document, or a whole one."""

    original: Original
    place: str  # blank: the whole document
    reason: str
    is_settled: bool
    settled_because: str
    readings: list[HandRead]


def unread_for(key: str) -> Unread | None:
    """What an inbox line of that key is about, settled or not; None if it is about nothing of the kind."""
    kind, _dash, number = key.partition("-")
    pk = number_in(number)
    part = quarantined_part(pk) if kind == WaitingKind.QUARANTINED and pk is not None else None
    if part is None and kind != WaitingKind.REJECTED:
        return None
    original = original_of(part.document_id if part else pk, [part.excerpt] if part else [])
    if original is None or not (part or original.document.rejected_because):
        return None
    settled = part or original.document
    place = part.place if part else ""
    return Unread(
        original,
        place,
        part.reason if part else original.document.rejected_because,
        settled.settled_at is not None,
        settled.settled_because,
        hand_readings_of(original.document.pk, place),
    )


def form_for(unread: Unread, typed: Mapping[str, Any] | None) -> HandReadingForm:
    form = HandReadingForm(typed)
    if unread.place:
        del form.fields["is_last"]  # a part is one notice
    return form


def record_typed(unread: Unread, form: HandReadingForm, *, by: User, now: datetime) -> HandRead:
    """Record what a form without mistakes says."""
    typed = form.cleaned_data
    reading = read_by_hand(
        unread.original.document.pk,
        {fact: typed[fact] for fact in TYPED},
        kind=NoticeKind(typed["kind"]),
        place=unread.place,
        is_last=typed.get("is_last", True),
        by=by,
        now=now,
    )
    return HandRead.of(reading)


@require_http_methods(["GET", "POST"])
@office_required
def by_hand(request: OfficeRequest, key: str) -> HttpResponse:
    """Type what a quarantined part or a rejected document says. Once settled it tells what came of it."""
    unread = unread_for(key)
    if unread is None:
        raise Http404
    form = form_for(unread, request.POST or None)
    if unread.is_settled or not form.is_valid():
        context = {"section": "inbox", "key": key, "unread": unread, "form": form, "now": timezone.now()}
        status = 422 if form.is_bound and not unread.is_settled else 200
        return render(request, "portal/by_hand.html", context, status=status)
    record_typed(unread, form, by=request.user, now=timezone.now())
    messages.success(request, _("Recorded, with your name as the one who read it."))
    return redirect("dashboards:by_hand", key)

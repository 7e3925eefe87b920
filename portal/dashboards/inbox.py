from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ingest.services import settle_document, settle_quarantined_part
from matching.services.encoder import current_meaning
from opportunities.selectors import awaiting_disclosure
from opportunities.services import disclose_opportunity
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.desk import desk_for
from portal.dashboards.waiting import WaitingKind, counts_of, everything_waiting
from portal.lib.clocks import STOCKHOLM
from portal.ui.formats import stockholm_moment


class DisclosureForm(forms.Form):
    """When everyone may see it. Not asked for: now."""

    from_ = forms.DateTimeField(
        required=False,
        label=gettext_lazy("Moment, Stockholm time"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "required": True}, format="%Y-%m-%dT%H:%M"
        ),
    )

    def clean_from_(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["from_"]
        if moment is None and "from_" in self.data:  # "at that moment", and none was given
            raise forms.ValidationError(_("Say which moment."))
        # The field reads the clock on the wall; the wall stands in Stockholm.
        return None if moment is None else moment.replace(tzinfo=STOCKHOLM)


class SettlementForm(forms.Form):
    because = forms.CharField(
        max_length=500,
        label=gettext_lazy("Why it needs nothing more"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_GET
@office_required
def inbox(request: OfficeRequest) -> HttpResponse:
    return _page(request, request.GET.get("item", ""), now=timezone.now())


@require_POST
@office_required
def disclose(request: OfficeRequest, opportunity_id: int) -> HttpResponse:
    """Let every member see it, at the same moment."""
    now = timezone.now()
    form = DisclosureForm(request.POST)
    key = f"{WaitingKind.UNDISCLOSED}-{opportunity_id}"
    waiting = awaiting_disclosure().filter(pk=opportunity_id).first()
    if waiting is None:
        raise Http404
    if not form.is_valid():
        return _page(request, key, now=now, refused=form)
    moment = form.cleaned_data["from_"] or now
    disclose_opportunity(opportunity_id, from_=moment, by=request.user, now=now)
    said = _("Every member sees it now.") if moment <= now else _("Every member sees it from %(moment)s.")
    messages.success(request, said % {"moment": stockholm_moment(moment)})
    return redirect("dashboards:inbox")


@require_POST
@office_required
def settle(request: OfficeRequest, part_id: int) -> HttpResponse:
    """Note what a person did about a part that could not be read."""
    now = timezone.now()
    form = SettlementForm(request.POST)
    key = f"{WaitingKind.QUARANTINED}-{part_id}"
    if not form.is_valid():
        return _page(request, key, now=now, refused=form)
    settle_quarantined_part(part_id, because=form.cleaned_data["because"], by=request.user, now=now)
    messages.success(request, _("Settled, and out of the inbox."))
    return redirect("dashboards:inbox")


@require_POST
@office_required
def ignore(request: OfficeRequest, document_id: int) -> HttpResponse:
    """Note why a document that was rejected needs nothing more."""
    now = timezone.now()
    form = SettlementForm(request.POST)
    key = f"{WaitingKind.REJECTED}-{document_id}"
    if not form.is_valid():
        return _page(request, key, now=now, refused=form)
    settle_document(document_id, because=form.cleaned_data["because"], by=request.user, now=now)
    messages.success(request, _("Settled, and out of the inbox."))
    return redirect("dashboards:inbox")


def _page(
    request: OfficeRequest, key: str, *, now: datetime, refused: forms.Form | None = None
) -> HttpResponse:
    """The inbox, with the line of that key open if one is named. Raise Http404 if nothing such waits."""
    waiting = everything_waiting(at=now)
    desk = desk_for(key, waiting, at=now) if key else None
    if key and desk is None:
        raise Http404
    kind = request.GET.get("kind", "")
    context = {
        "section": "inbox",
        "now": now,
        "key": key,
        "kind": kind,
        "waiting": [row for row in waiting if not kind or row.kind == kind],
        "counts": counts_of(waiting),
        "total": len(waiting),
        "desk": desk,
        "meaning": current_meaning(),
        "disclosure": refused if isinstance(refused, DisclosureForm) else DisclosureForm(),
        "settlement": refused if isinstance(refused, SettlementForm) else SettlementForm(),
    }
    return render(request, "portal/inbox.html", context, status=422 if refused else 200)

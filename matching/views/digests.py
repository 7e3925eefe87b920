"""The digests of the last days and the next, and what the office holds back of them."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from matching.delivery.holding import drop_day, hold_day, hold_opportunity, let_go
from matching.delivery.pausing import current_pause
from matching.delivery.upcoming import foretell, upcoming_digests
from matching.models import MailHold
from matching.selectors.digests import days_of_digests, standing_holds
from opportunities.selectors import opportunities_for_office
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.lib.clocks import STOCKHOLM

DAYS_AHEAD = 14
_OF_A_PAGE = re.compile(r"(?:^|/opportunities/)([0-9]{1,9})/?$")


class Because(forms.Form):
    because = forms.CharField(
        max_length=300,
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("It stands in the ledger, which members read as well."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HoldOpportunityForm(Because):
    opportunity = forms.CharField(
        max_length=300,
        label=gettext_lazy("Tender"),
        help_text=gettext_lazy("Its tender ID, or the address of its page in Setu."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("opportunity", "because")

    def clean_opportunity(self) -> int:
        said = self.cleaned_data["opportunity"].strip()
        known = opportunities_for_office()
        keys = list(known.filter(process_id=said).values_list("pk", flat=True)[:2])
        if not keys and (named := _OF_A_PAGE.search(said)):
            keys = list(known.filter(pk=named[1]).values_list("pk", flat=True))
        if len(keys) != 1:  # two portals may number theirs alike
            raise forms.ValidationError(_("That doesn't name one tender: try the address of its page."))
        return int(keys[0])


class HoldDayForm(Because):
    day = forms.DateField(
        label=gettext_lazy("Day of the digests"), widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("day", "because")

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        today = timezone.now().astimezone(STOCKHOLM).date()
        if abs((day - today).days) > DAYS_AHEAD:
            raise forms.ValidationError(_("Within two weeks from today, before or after."))
        return day


@require_GET
@office_required
def digests(request: OfficeRequest) -> HttpResponse:
    """How they went, what comes next, and what is held. ``?foretell=1`` works out what comes."""
    asked = request.GET
    return _page(
        request,
        HoldOpportunityForm(initial={"opportunity": asked.get("opportunity", "")}, auto_id="tender-%s"),
        HoldDayForm(initial={"day": asked.get("day", "")}, auto_id="day-%s"),
        status=200,
    )


@require_POST
@office_required
def hold_an_opportunity(request: OfficeRequest) -> HttpResponse:
    form = HoldOpportunityForm(request.POST, auto_id="tender-%s")
    if not form.is_valid():
        return _page(request, form, HoldDayForm(auto_id="day-%s"), status=422)
    given = form.cleaned_data
    hold_opportunity(given["opportunity"], by=request.user, because=given["because"], now=timezone.now())
    messages.success(request, _("Held. It stands in nobody's mail until it is let go."))
    return redirect("matching:digests")


@require_POST
@office_required
def hold_a_day(request: OfficeRequest) -> HttpResponse:
    form = HoldDayForm(request.POST, auto_id="day-%s")
    if not form.is_valid():
        return _page(request, HoldOpportunityForm(auto_id="tender-%s"), form, status=422)
    given = form.cleaned_data
    hold_day(given["day"], by=request.user, because=given["because"], now=timezone.now())
    messages.success(request, _("Held. That day's digests wait until they are let go or dropped."))
    return redirect("matching:digests")


@require_POST
@office_required
def let_it_go(request: OfficeRequest, hold_id: int) -> HttpResponse:
    _known(hold_id)
    if let_go(hold_id, by=request.user, now=timezone.now()):
        messages.success(request, _("Let go."))
    else:
        messages.info(request, _("Somebody else has ended it already."))
    return redirect("matching:digests")


@require_POST
@office_required
def drop(request: OfficeRequest, hold_id: int) -> HttpResponse:
    """Never send what waits of a held day."""
    if _known(hold_id).day is None:
        raise Http404
    dropped = drop_day(hold_id, by=request.user, now=timezone.now())
    messages.success(
        request,
        ngettext("%(n)d mail was dropped.", "%(n)d mails were dropped.", dropped) % {"n": dropped},
    )
    return redirect("matching:digests")


def _known(hold_id: int) -> MailHold:
    hold = MailHold.objects.filter(pk=hold_id).first()
    if hold is None:
        raise Http404
    return hold


def _page(
    request: OfficeRequest, tender: HoldOpportunityForm, day: HoldDayForm, *, status: int
) -> HttpResponse:
    now = timezone.now()
    upcoming = upcoming_digests(now=now)
    context = {
        "section": "mail",
        "now": now,
        "pause": current_pause(),
        "holds": list(standing_holds()),
        "days": days_of_digests(at=now),
        "upcoming": upcoming,
        "foretold": foretell(upcoming[0].recipients, now=now) if upcoming and _is_asked(request) else None,
        "tender_form": tender,
        "day_form": day,
    }
    return render(request, "matching/digests.html", context, status=status)


def _is_asked(request: HttpRequest) -> bool:
    return request.GET.get("foretell") == "1"

"""Whether mail flows, and the office's switch that stops it."""

from __future__ import annotations

from contextlib import suppress

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from matching.delivery.dead_rules import count_dead_rules
from matching.delivery.pausing import current_pause, pause_mail, resume_mail
from matching.selectors.digests import count_holds
from matching.selectors.sending import Shown, delivery_log, sending_state
from matching.views.delivery_table import DELIVERIES
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.ui.downloads import AT_ONCE, asked_kind, download

PER_PAGE = 20


class PauseForm(forms.Form):
    because = forms.CharField(
        max_length=300,
        label=gettext_lazy("Why nothing is to be sent"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_GET
@office_required
def deliveries(request: OfficeRequest) -> HttpResponseBase:
    """How sending goes, and every mail with what became of it."""
    if kind := asked_kind(request):
        return download(kind, DELIVERIES, delivery_log(_shown(request)).iterator(AT_ONCE))
    return _page(request, PauseForm(), status=200)


@require_POST
@office_required
def pause(request: OfficeRequest) -> HttpResponse:
    """Stop all mail, for a reason that everybody in the office sees."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    pause_mail(by=request.user, because=form.cleaned_data["because"], now=timezone.now())
    messages.success(request, _("Paused. Nothing is sent until somebody resumes it."))
    return redirect("matching:deliveries")


@require_POST
@office_required
def resume(request: OfficeRequest) -> HttpResponse:
    if resume_mail(by=request.user, now=timezone.now()):
        messages.success(request, _("Mail goes out again. What was held back is sent now."))
    return redirect("matching:deliveries")


def _shown(request: OfficeRequest) -> Shown:
    with suppress(ValueError):
        return Shown(request.GET.get("show", ""))
    return Shown.ALL


def _page(request: OfficeRequest, form: PauseForm, *, status: int) -> HttpResponse:
    now, shown = timezone.now(), _shown(request)
    context = {
        "section": "mail",
        "now": now,
        "pause": current_pause(),
        "state": sending_state(at=now),
        "holds": count_holds(),
        "dead_rules": count_dead_rules(),
        "shown": shown.value,
        "page": Paginator(delivery_log(shown), PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
    }
    return render(request, "matching/deliveries.html", context, status=status)

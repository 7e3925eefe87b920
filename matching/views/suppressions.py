"""Addresses that Setu doesn't write to, for the office."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from matching.delivery.suppressed_list import suppressed_addresses
from matching.delivery.suppressing import lift, suppress
from matching.models import Suppression
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required

PER_PAGE = 20


class LiftForm(forms.Form):
    because = forms.CharField(
        max_length=300,
        label=gettext_lazy("Why it may be written to again"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SuppressForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    because = forms.CharField(
        max_length=300,
        label=gettext_lazy("What its reader asked for"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
@office_required
def suppressions(request: OfficeRequest) -> HttpResponse:
    """Every address that isn't written to, and why. A POST adds one."""
    form = SuppressForm(request.POST if request.method == "POST" else None, auto_id="new-%s")
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        suppress(asked["address"], by=request.user, because=asked["because"], now=timezone.now())
        messages.success(request, _("No more mail goes to that address."))
        return redirect("matching:suppressions")
    return _page(request, form, LiftForm(), 0, status=422 if form.is_bound else 200)


@require_POST
@office_required
def lift_suppression(request: OfficeRequest, suppression_id: int) -> HttpResponse:
    """Write to an address again, for a reason."""
    if not Suppression.objects.standing().filter(pk=suppression_id).exists():
        raise Http404
    form = LiftForm(request.POST)
    if not form.is_valid():
        return _page(request, SuppressForm(auto_id="new-%s"), form, suppression_id, status=422)
    lift(suppression_id, by=request.user, because=form.cleaned_data["because"], now=timezone.now())
    messages.success(request, _("The address is written to again."))
    return redirect("matching:suppressions")


def _page(
    request: OfficeRequest, form: SuppressForm, lifting: LiftForm, opened: int, *, status: int
) -> HttpResponse:
    page = Paginator(Suppression.objects.standing(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "mail",
        "now": timezone.now(),
        "page": page,
        "addresses": suppressed_addresses(page),
        "form": form,
        "lifting": lifting,
        "opened": opened,
    }
    return render(request, "matching/suppressions.html", context, status=status)

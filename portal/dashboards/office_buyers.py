"""The office's side of buyers: names that wait, and what names mean."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opportunities.buyers import BuyerKind
from opportunities.errors import NameTaken
from opportunities.selectors import (
    UnknownBuyer,
    buyers_known,
    likely_buyers,
    names_set_aside,
    search_buyers,
    unknown_buyer,
    unknown_buyers,
)
from opportunities.services import (
    add_buyer,
    describe_buyer,
    name_buyer_alias,
    remove_buyer,
    remove_buyer_alias,
    set_aside_buyer_name,
)
from portal.accounts.http import OfficeRequest
from portal.accounts.roles import office_required
from portal.dashboards.buyer_form import BuyerForm, NameForm, NewBuyerForm, WaitingNameForm
from portal.dashboards.buyers import buyer_page

SHOWN = 50
FOUND = 10


@require_GET
@office_required
def waiting_names(request: OfficeRequest) -> HttpResponse:
    """Every name that means nobody yet, and those that were set aside."""
    waiting = unknown_buyers()
    context = {
        "section": "buyers",
        "waiting": waiting[:SHOWN],
        "more": max(0, len(waiting) - SHOWN),
        "set_aside": names_set_aside()[:SHOWN],
    }
    return render(request, "portal/waiting_names.html", context)


@require_GET
@office_required
def waiting_name(request: OfficeRequest) -> HttpResponse:
    """One name, and what it may mean."""
    return _name_page(request, _asked_about(WaitingNameForm(request.GET)))


@require_POST
@office_required
def add(request: OfficeRequest) -> HttpResponse:
    """A waiting name is a buyer's that Setu doesn't know."""
    unknown = _asked_about(WaitingNameForm(_waiting(request)))
    form = NewBuyerForm(request.POST)
    if not form.is_valid():
        return _name_page(request, unknown, form=form)
    said = form.cleaned_data
    added = add_buyer(
        said["name"],
        kind=BuyerKind(said["kind"]),
        city=said["city"],
        state=said["state"],
        written=unknown.name,
        publisher=unknown.publisher if said["only_here"] else "",
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("Added. Its opportunities are named within a minute."))
    return redirect("dashboards:buyer", added.pk)


@require_POST
@office_required
def means(request: OfficeRequest, buyer_id: int) -> HttpResponse:
    """A waiting name means a buyer that is known."""
    unknown = _asked_about(WaitingNameForm(_waiting(request)))
    found = _known(buyer_id)
    name_buyer_alias(
        found.pk, unknown.name, publisher=unknown.where_meant, by=request.user, now=timezone.now()
    )
    messages.success(request, _("Kept. Its opportunities are named within a minute."))
    return redirect("dashboards:buyer", found.pk)


@require_POST
@office_required
def set_aside(request: OfficeRequest) -> HttpResponse:
    """A waiting name is no buyer's."""
    unknown = _asked_about(WaitingNameForm(_waiting(request)))
    set_aside_buyer_name(unknown.name, publisher=unknown.publisher, by=request.user, now=timezone.now())
    messages.success(request, _("Set aside. The body above it in the notice counts instead."))
    return redirect("dashboards:waiting_names")


@require_POST
@office_required
def describe(request: OfficeRequest, buyer_id: int) -> HttpResponse:
    """Say anew what a buyer is."""
    found = _known(buyer_id)
    form = BuyerForm(request.POST)
    if not form.is_valid():
        return buyer_page(request, found, None, now=timezone.now(), forms={"buyer_form": form})
    said = form.cleaned_data
    describe_buyer(
        found.pk, name=said["name"], kind=BuyerKind(said["kind"]), city=said["city"], state=said["state"]
    )
    messages.success(request, _("Kept, with your name."))
    return redirect("dashboards:buyer", found.pk)


@require_POST
@office_required
def add_name(request: OfficeRequest, buyer_id: int) -> HttpResponse:
    """Say that another name means a buyer."""
    found = _known(buyer_id)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            name_buyer_alias(found.pk, form.cleaned_data["name"], by=request.user, now=timezone.now())
        except NameTaken:
            form.add_error("name", _("That name means another buyer. Take it from that one first."))
        else:
            messages.success(request, _("Kept. Its opportunities are named within a minute."))
            return redirect("dashboards:buyer", found.pk)
    return buyer_page(request, found, None, now=timezone.now(), forms={"name_form": form})


@require_POST
@office_required
def remove_name(request: OfficeRequest, alias_id: int) -> HttpResponse:
    """Undo that a name means something. The same again does nothing."""
    remove_buyer_alias(alias_id, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back. What bears the name waits here again."))
    return redirect("dashboards:waiting_names")


@require_POST
@office_required
def remove(request: OfficeRequest, buyer_id: int) -> HttpResponse:
    """Undo a buyer with all its names. The same again does nothing."""
    remove_buyer(buyer_id, by=request.user, now=timezone.now())
    messages.success(request, _("Taken away, with its names. What bears them waits here again."))
    return redirect("dashboards:waiting_names")


def _waiting(request: OfficeRequest) -> dict[str, str]:
    """The waiting name goes apart from what is typed of the buyer."""
    return {"name": request.POST.get("written", ""), "publisher": request.POST.get("publisher", "")}


def _asked_about(form: WaitingNameForm) -> UnknownBuyer:
    """404 where nobody asks about it any more."""
    found = (
        unknown_buyer(form.cleaned_data["name"], form.cleaned_data["publisher"]) if form.is_valid() else None
    )
    if found is None:
        raise Http404
    return found


def _known(buyer_id: int) -> Any:
    found = buyers_known(to=None, at=timezone.now()).filter(pk=buyer_id).first()
    if found is None:
        raise Http404
    return found


def _name_page(
    request: OfficeRequest, unknown: UnknownBuyer, *, form: NewBuyerForm | None = None
) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    found = search_buyers(buyers_known(to=None, at=timezone.now()), text=text, with_all_names=True)
    guess = NewBuyerForm(
        initial={
            "name": unknown.name,
            "kind": unknown.kind,
            "city": unknown.city_slug,
            "state": unknown.city.state if unknown.city else "",
            "only_here": bool(unknown.where_meant),
        }
    )
    context = {
        "section": "buyers",
        "unknown": unknown,
        "text": text,
        "likely": list(found[:FOUND]) if text else likely_buyers(unknown.name),
        "form": form or guess,
    }
    return render(request, "portal/waiting_name.html", context, status=422 if form else 200)

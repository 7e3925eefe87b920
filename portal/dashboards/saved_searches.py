"""Searches that a company keeps: told what to expect, named, run, renamed, and taken away with a way back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from matching.delivery.subscribing import wish_of
from matching.models import SavedSearch
from matching.models.saved_search import LONGEST_NAME
from matching.selectors import saved_search_of, saved_searches_of
from matching.selectors.subscriptions import subscriptions_by_search
from matching.services import (
    SearchNameTaken,
    TooManySearches,
    ask,
    end_search,
    rename_search,
    restore_search,
    save_search,
)
from matching.views.notification_form import RHYTHMS, rhythm_of
from opportunities.explore import weekly_volume
from opportunities.searching.address import query_of, search_from_text
from opportunities.searching.definition import OpportunitySearch, Order, View
from portal.accounts.feed_links import feed_links_of
from portal.accounts.http import CompanyRequest
from portal.accounts.models import FeedLink
from portal.accounts.roles import company_required
from portal.dashboards.explore import read_request
from portal.dashboards.explore_facets import ChosenValue, chosen_values, known_domains
from portal.ui import formats


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, strip=True)


@dataclass(frozen=True, slots=True)
class ShownSearch:
    """A kept search and what it looks for."""

    saved: SavedSearch
    feed: FeedLink | None  # of the person who looks, as is the mail
    rhythm: str
    words: str
    chosen: list[ChosenValue]
    with_closed: bool


@require_GET
@company_required
def saved_searches(request: CompanyRequest) -> HttpResponse:
    links = feed_links_of(request.user, request.company, FeedLink.Kind.ATOM)
    feeds = {link.about: link for link in links}
    kept = saved_searches_of(request.company)
    mail = subscriptions_by_search(request.user, kept)
    searches = [
        shown_search(saved, feeds.get(str(saved.pk)), rhythm_of(wish_of(mail.get(saved.pk))))
        for saved in kept
    ]
    gone = request.GET.get("ended", "")
    ended = saved_search_of(request.company, int(gone)) if gone.isdecimal() and len(gone) < 18 else None
    context = {
        "section": "explore",
        "searches": searches,
        "rhythms": RHYTHMS,
        "ended": ended if ended and ended.ended_at else None,
    }
    return render(request, "portal/saved_searches.html", context)


@require_http_methods(["GET", "POST"])
@company_required
def save(request: CompanyRequest) -> HttpResponse:
    """What to expect of a search, and a name for it."""
    search = kept_part(read_request(request).search)
    query = query_of(search)
    typed = request.POST if request.method == "POST" else None
    form = NameForm(typed, initial={"name": _proposed_name(search)})
    if form.is_valid():
        try:
            save_search(
                form.cleaned_data["name"],
                query,
                company=request.company,
                by=request.user,
                now=timezone.now(),
            )
        except SearchNameTaken:
            form.add_error("name", gettext("You keep another search under this name. Choose another."))
        except TooManySearches:
            form.add_error(None, gettext("You keep as many searches as there is room for. Remove one first."))
        else:
            messages.success(request, gettext("Saved. Your colleagues see it too."))
            return redirect("dashboards:saved_searches")
    asked = ask(search, to=request.company, at=timezone.now(), language=get_language() or "en")
    context = {
        "section": "explore",
        "form": form,
        "query": query,
        "words": search.words,
        "chosen": chosen_values(search),
        "volume": volume_in_words(weekly_volume(asked)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/save_search.html", context, status=status)


@require_POST
@company_required
def rename(request: CompanyRequest, search_id: int) -> HttpResponse:
    saved, form = _own(request, search_id), NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Give the search a name of at most 80 letters."))
        return redirect("dashboards:saved_searches")
    try:
        rename_search(saved, form.cleaned_data["name"])
    except SearchNameTaken:
        messages.error(request, gettext("You keep another search under this name. Choose another."))
    return redirect("dashboards:saved_searches")


@require_POST
@company_required
def end(request: CompanyRequest, search_id: int) -> HttpResponse:
    saved = _own(request, search_id)
    end_search(saved, now=timezone.now())
    return redirect(f"{reverse('dashboards:saved_searches')}?ended={saved.pk}")


@require_POST
@company_required
def restore(request: CompanyRequest, search_id: int) -> HttpResponse:
    try:
        restore_search(_own(request, search_id))
    except SearchNameTaken:
        messages.error(request, gettext("You keep another search under this name. Choose another."))
    except TooManySearches:
        messages.error(request, gettext("You keep as many searches as there is room for. Remove one first."))
    return redirect("dashboards:saved_searches")


def shown_search(saved: SavedSearch, feed: FeedLink | None, rhythm: str) -> ShownSearch:
    search = search_of(saved)
    return ShownSearch(saved, feed, rhythm, search.words, chosen_values(search), search.with_closed)


def search_of(saved: SavedSearch) -> OpportunitySearch:
    """The search as it is kept, as far as its choices still exist."""
    return search_from_text(saved.query, domains=known_domains()).search


def kept_part(search: OpportunitySearch) -> OpportunitySearch:
    """What of a search is worth keeping: not how it was looked at."""
    return replace(search, order=Order.BEST, view=View.LIST)


def volume_in_words(weekly: float) -> str:
    """How often to expect something new, in words."""
    monthly = weekly * 52 / 12
    if weekly >= 1:
        number = round(weekly)
        return ngettext("about %(number)s a week", "about %(number)s a week", number) % {
            "number": formats.number(number)
        }
    if monthly >= 1:
        number = round(monthly)
        return ngettext("about %(number)s a month", "about %(number)s a month", number) % {
            "number": formats.number(number)
        }
    return gettext("less than one a month") if weekly else gettext("none at all")


def _proposed_name(search: OpportunitySearch) -> str:
    parts = [search.words, *(each.name for each in chosen_values(search))]
    return ", ".join(filter(None, parts))[:LONGEST_NAME]


def _own(request: CompanyRequest, search_id: int) -> SavedSearch:
    saved = saved_search_of(request.company, search_id)
    if saved is None:
        raise Http404
    return saved

"""A saved search as a feed, for whoever holds its private address."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import formatdate
from typing import Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from matching.delivery.links import absolute, site_host
from matching.models import SavedSearch
from matching.selectors import saved_search_of
from matching.services import ask
from opportunities.explore import Asked, ids_in_order, opportunities_by_id
from opportunities.parsed_notice import Moment
from opportunities.searching.atom import ATOM_TYPE, JSON_TYPE, Feed, FeedEntry, atom_file
from opportunities.searching.definition import Order
from opportunities.searching.json_feed import json_feed_file
from opportunities.selectors import latest_changes
from opportunities.templatetags.opportunity_words import stage_name, state_name
from portal.accounts.feed_links import feed_of, make_feed_link, note_use, revoke_feed_link
from portal.accounts.http import CompanyRequest
from portal.accounts.limits import is_within_limit
from portal.accounts.models import FeedLink
from portal.accounts.roles import company_required
from portal.dashboards.saved_searches import search_of
from portal.lib.money import Money
from portal.ui import formats

MOST_ENTRIES = 50
# Feed readers ask a few times an hour.
MOST_AN_HOUR = 120
RETRY_AFTER = "3600"  # seconds
_FORMATS = {"atom": (atom_file, ATOM_TYPE), "json": (json_feed_file, JSON_TYPE)}


class Fed(Protocol):
    """What of an opportunity stands in an entry."""

    pk: int
    title: str
    description: str
    stage: str
    buyer_name: str
    city: str
    state: str
    disclosed_from: datetime | None
    recorded_at: datetime

    @property
    def value(self) -> Money | None: ...
    def moment(self, name: str) -> Moment | None: ...


@require_safe
def search_feed(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The newest that the search finds, as Atom or as JSON Feed at one private address.

    304 where the program has it already; 404 once the address is revoked.
    """
    now = timezone.now()
    link = feed_of(token, kind=FeedLink.Kind.ATOM)
    saved = saved_search_of(link.company, int(link.about)) if link else None
    if link is None or saved is None or saved.ended_at is not None:
        raise Http404
    if not is_within_limit("feed", key=link.token_hash, an_hour=MOST_AN_HOUR, now=now):
        return HttpResponse(status=429, headers={"Retry-After": RETRY_AFTER})
    note_use(link, now=now)
    search = replace(search_of(saved), order=Order.NEWEST)
    asked = ask(search, to=link.company, at=now, language=saved.language)
    with translation.override(link.user.language):
        feed = _feed(saved, asked, token=token, language=link.user.language)
    write, media_type = _FORMATS[kind]
    return _answer(request, write(feed), media_type=media_type, changed_at=feed.updated_at)


@never_cache
@require_POST
@company_required
def make_address(request: CompanyRequest, search_id: int) -> HttpResponse:
    """A private address, shown once: the page that answers is the only place where it stands."""
    saved = saved_search_of(request.company, search_id)
    if saved is None or saved.ended_at is not None:
        raise Http404
    made = make_feed_link(
        user=request.user,
        company=request.company,
        kind=FeedLink.Kind.ATOM,
        about=str(saved.pk),
        now=timezone.now(),
    )
    context = {
        "section": "explore",
        "saved": saved,
        "address": _address("search_feed", made.token),
        "json_address": _address("search_json", made.token),
    }
    return render(request, "portal/search_feed_address.html", context)


@require_POST
@company_required
def revoke_address(request: CompanyRequest, link_id: int) -> HttpResponse:
    if not revoke_feed_link(link_id, user=request.user, now=timezone.now()):
        raise Http404
    return redirect("dashboards:saved_searches")


def _address(view: str, token: str) -> str:
    return absolute(reverse(f"dashboards:{view}", args=[token]))


def _feed(saved: SavedSearch, asked: Asked, *, token: str, language: str) -> Feed:
    ids = ids_in_order(asked, stop=MOST_ENTRIES)
    found: Sequence[Fed] = opportunities_by_id(ids, to=asked.to, at=asked.at)
    changes = latest_changes([each.pk for each in found])
    changed_at = {pk: change.recorded_at for pk, change in changes.items()}
    entries = [_entry(each, changed_at.get(each.pk)) for each in found]
    return Feed(
        id=f"tag:{site_host()},2026:searches/{saved.pk}",
        title=f"Setu: {saved.name}",
        url=absolute(f"{reverse('dashboards:explore')}?{saved.query}"),
        updated_at=max((entry.updated_at for entry in entries), default=saved.created_at),
        language=language,
        entries=entries,
        atom_url=_address("search_feed", token),
        json_url=_address("search_json", token),
    )


def _entry(found: Fed, changed_at: datetime | None) -> FeedEntry:
    # For the company it begins when it is disclosed, whenever we got to know of it.
    began = max(found.disclosed_from or found.recorded_at, found.recorded_at)
    return FeedEntry(
        id=f"tag:{site_host()},2026:opportunities/{found.pk}",
        title=found.title,
        url=absolute(reverse("dashboards:opportunity", args=[found.pk])),
        published_at=began,
        updated_at=max(began, changed_at or began),
        summary=_summary(found),
        author=found.buyer_name,
    )


def _summary(found: Fed) -> str:
    """The facts by which one decides whether to look, and the beginning of the scope."""
    deadline = found.moment("submission_deadline")
    facts = [
        stage_name(found.stage),
        ", ".join(filter(None, (found.city, state_name(found.state)))),
        formats.money(found.value) if found.value else gettext("Value not stated"),
        f"{gettext('Bids close')}: {formats.day(deadline.at)}" if deadline else "",
        found.description[:500],
    ]
    return " · ".join(filter(None, facts))


def _answer(request: HttpRequest, body: bytes, *, media_type: str, changed_at: datetime) -> HttpResponse:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(
        body,
        content_type=f"{media_type}; charset=utf-8",
        headers={"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"},
    )
    changed = int(changed_at.timestamp())
    response["Last-Modified"] = formatdate(changed, usegmt=True)
    answer = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    return response if answer is None else answer

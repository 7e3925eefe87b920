from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from matching.models import CapabilityProfile, Match
from matching.models import Verdict as GivenVerdict
from matching.scoring.engine import is_by_words
from matching.scoring.records import Part, Verdict
from matching.scoring.serialization import parts_from_json
from matching.selectors import (
    Facet,
    Followed,
    MatchCounts,
    Quiet,
    Reader,
    changed_for,
    ended_lately,
    follow_on,
    followed_in,
    match_counts,
    matches_of,
    narrowed,
    next_deadlines,
    parts_for_guest,
    profiles_of,
    read_late,
    standing_verdicts,
    tendered_news,
    verdict_figures,
    why_nothing_new,
)
from matching.services.encoder import current_meaning
from matching.views.match_filter import ORDERS, choices_of, wish_in
from matching.views.profiles import chosen_profile
from matching.views.tables import MATCHES
from matching.views.verdicts import just_dismissed
from opportunities.places.tile_map import counted_tiles
from opportunities.selectors import HistoryEntry, latest_changes
from portal.accounts.http import CompanyRequest
from portal.accounts.roles import company_required
from portal.ui.downloads import AT_ONCE, asked_kind, download

PER_PAGE = 20
DEADLINES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class MatchCard:
    """One line of the list."""

    match: Match
    parts: tuple[Part, ...]
    change: HistoryEntry | None
    verdict: GivenVerdict | None = None
    follow: Followed | None = None
    has_changed: bool = False  # since the reader opened it
    is_own: bool = True  # the reader acts for the company, and may follow and judge
    after: int | None = None  # the opportunity of the line that follows, where the reader goes on

    @property
    def place(self) -> str:
        """Of the line on its page, as an address has it."""
        return f"#line-{self.match.opportunity_id}"

    @property
    def fits(self) -> list[Part]:
        """Those that speak for it. Where the field is named, single words would only say it again."""
        fitting = [part for part in self.parts if part.verdict == Verdict.FITS]
        names_the_field = any(part.rule == "domain" and part.evidence for part in fitting)
        return [part for part in fitting if part.rule != "words" or not names_the_field]

    @property
    def gaps(self) -> list[Part]:
        """Those that count against it. What merely gives no points says nothing on a list."""
        return [part for part in self.parts if part.verdict == Verdict.GAP and part.points < 0]


@require_GET
@company_required
def matches(request: CompanyRequest) -> HttpResponseBase:
    now = timezone.now()
    profiles = profiles_of(request.company)
    profile = chosen_profile(profiles, request.GET.get("profile", ""))
    if profile is None:
        return render(request, "matching/no_profile.html", {"section": "matches"})
    fitting = matches_of(profile, at=now)
    reader, wish = Reader(request.user, request.company, is_guest=request.is_guest), wish_in(request.GET)
    if kind := asked_kind(request):
        return download(kind, MATCHES, narrowed(fitting, wish, reader=reader, at=now).iterator(AT_ONCE))
    counts = match_counts(fitting, wish, reader=reader, at=now)
    states = counts.of[Facet.STATE]
    page = _page(request, narrowed(fitting, wish, reader=reader, at=now), counts, reader)
    cards = _cards(list(page), is_guest=reader.is_guest)
    context = {
        "section": "matches",
        "now": now,
        "profile": profile,
        "profiles": profiles,
        "figures": counts.figures,
        "wish": wish,
        "orders": [(order.value, words) for order, words in ORDERS.items()],
        "facets": choices_of(counts, wish),
        "page": page,
        "cards": cards,
        "meaning": current_meaning(),
        "is_by_words": any(is_by_words(card.match.calibration) for card in cards),
        "counts": sorted(
            ((state, count) for state, count in states.items() if state), key=lambda pair: (-pair[1], pair[0])
        ),
        "tiles": counted_tiles(states, chosen=wish.state),
        "deadlines": next_deadlines(fitting, count=DEADLINES_SHOWN, at=now),
        **({} if reader.is_guest else _own(request, profile, counts, cards, at=now)),
    }
    return render(request, "matching/matches.html", context)


def _own(
    request: CompanyRequest,
    profile: CapabilityProfile,
    counts: MatchCounts,
    cards: list[MatchCard],
    *,
    at: datetime,
) -> dict[str, object]:
    """What the page tells of the company's own doings: a guest sees nothing of it."""
    return {
        "ended": list(ended_lately(request.company, at=at)),
        "news": tendered_news(request.company, at=at),
        "verdicts": verdict_figures(profile, at=at),
        "dismissal": just_dismissed(request, shown=[card.match.opportunity_id for card in cards]),
        "quiet": None if counts.figures.new else _quiet(profile, at=at),
    }


def _page(
    request: CompanyRequest, listed: QuerySet[Match], counts: MatchCounts, reader: Reader
) -> Page[Match]:
    paginator: Paginator[Match] = Paginator(listed, PER_PAGE)
    paginator.count = counts.found  # counted already
    page = paginator.get_page(request.GET.get("page"))
    start = (page.number - 1) * PER_PAGE
    page.object_list = read_late(listed[start : start + PER_PAGE]).annotate(
        follow=follow_on("opportunity", by=reader.company),
        has_changed=Exists(changed_for(reader.person).filter(opportunity=OuterRef("opportunity"))),
    )
    return page


def _quiet(profile: CapabilityProfile, *, at: datetime) -> Quiet | None:
    """Nothing is asked while the profile waits to be compared: then the page says that."""
    return why_nothing_new(profile, at=at) if profile.scored_at else None


def _cards(shown: list[Match], *, is_guest: bool) -> list[MatchCard]:
    opportunities = [match.opportunity_id for match in shown]
    changes = latest_changes(opportunities)
    if is_guest:
        return [
            MatchCard(match, parts_for_guest(match), changes.get(match.opportunity_id), is_own=False)
            for match in shown
        ]
    after = dict(pairwise(opportunities))
    verdicts = standing_verdicts(shown[0].profile_id, opportunities) if shown else {}
    return [
        MatchCard(
            match,
            parts_from_json(match.parts),
            changes.get(match.opportunity_id),
            verdicts.get(match.opportunity_id),
            followed_in(match),
            vars(match)["has_changed"],
            after=after.get(match.opportunity_id),
        )
        for match in shown
    ]

"""What a member reads on an opportunity's page beside the notice: what it is to company and person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from matching.bidding.consequences import ValueBand
from matching.bidding.test_beds import demonstrating
from matching.bids import bid_outlook, bidder_of, call_of
from matching.models import Match
from matching.scoring.records import Part
from matching.scoring.serialization import parts_from_json
from matching.selectors import (
    Reader,
    Visit,
    best_match,
    colleagues_on,
    follow_on,
    followed_in,
    look_on,
    notes_on,
    outcomes_in,
    outcomes_on,
    parts_for_guest,
    shares_on,
    together_in,
    verdict_on,
    visit_in,
)
from matching.services import note_look
from opportunities.selectors import HistoryEntry, Opportunities, visible_opportunities
from portal.dashboards.requirements import asked_for_by
from portal.dashboards.since_visit import SinceVisit, latest_number, since_visit


class Known(Protocol):
    """An opportunity that came through ``known_to``."""

    @property
    def pk(self) -> int: ...


def known_to(reader: Reader, *, at: datetime) -> Opportunities:
    """What the reader's company may know of, each with what company and reader have to do with it."""
    return visible_opportunities(to=reader.company, at=at).annotate(
        follow=follow_on("pk", by=reader.company),
        told_outcomes=outcomes_on("pk", of=reader.company),
        look=look_on("pk", by=reader.person),
        own_notes=notes_on("pk", of=reader.company),
        own_shares=shares_on("pk", of=reader.company),
        colleagues=colleagues_on(of=reader),
    )


def told_to(
    reader: Reader, found: Known, history: Sequence[HistoryEntry], *, is_looking: bool, now: datetime
) -> dict[str, object]:
    """The page's own half. Notes that the reader has looked, unless a browser merely fetches ahead."""
    match = best_match(reader.company, found.pk)
    parts = parts_from_json(match.parts) if match else ()
    bidding = _bidding(match, now=now)
    number = latest_number(history)
    visit = _visit(reader, found, number=number, now=now) if is_looking else visit_in(found)
    return {
        "match": match,
        "parts": parts,
        "follow": followed_in(found),
        "outcomes": outcomes_in(found),
        "together": together_in(found),
        "verdict": verdict_on(match) if match else None,
        "since_visit": _since(visit, history, match, now=now),
        "evidence": list(_evidence(parts)),
        **bidding,
        # The outlook answers each of them, with its sentence.
        "asked_for": [] if bidding else asked_for_by(found.pk),
    }


def told_to_guest(reader: Reader, found: Known, *, now: datetime) -> dict[str, object]:
    """What the company is shown beside the notice, and nothing of what it does. Notes no look."""
    match = best_match(reader.company, found.pk)
    parts = parts_for_guest(match) if match else ()
    bidding = _bidding(match, now=now)
    return {
        "match": match,
        "parts": parts,
        "evidence": list(_evidence(parts)),
        **bidding,
        "may_team": False,
        "asked_for": [] if bidding else asked_for_by(found.pk),
    }


def _visit(reader: Reader, found: Known, *, number: int, now: datetime) -> Visit:
    return note_look(found.pk, visit_in(found), person=reader.person, number=number, now=now)


def _since(
    visit: Visit | None, history: Sequence[HistoryEntry], match: Match | None, *, now: datetime
) -> SinceVisit | None:
    """None at the first visit."""
    if visit is None or visit.known_at is None:
        return None
    profile = match.profile if match else None
    band = ValueBand(profile.value_from_inr, profile.value_to_inr) if profile else ValueBand()
    return since_visit(history, since=visit.known_at, known_number=visit.known_number, band=band, now=now)


def _evidence(parts: Iterable[Part]) -> Iterable[str]:
    """The words of the notice that speak for it; likeness in meaning would mark the whole title."""
    for part in parts:
        yield from (found.offered for found in part.evidence if found.kind != "meaning")


def _bidding(match: Match | None, *, now: datetime) -> dict[str, object]:
    """What a company wants to know before it bids; nothing once bids are closed."""
    if match is None or not match.opportunity.is_open_at(now):
        return {}
    profile, opportunity = match.profile, match.opportunity
    call = call_of(opportunity, now=now)
    return {
        "outlook": bid_outlook(bidder_of(profile), call, opportunity, now=now),
        "test_beds": demonstrating(call.terms.domains, profile.domains),
        "may_team": profile.is_joint_venture_willing and call.is_team_allowed is not False,
    }

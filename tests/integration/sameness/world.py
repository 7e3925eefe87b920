"""One tender as a portal, the channel and a spreadsheet tell of it. All of it is made up."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from opportunities.models import Merge, Opportunity
from opportunities.parsed_notice import Moment, NoticeKind, OpportunityFacts, ParsedNotice
from opportunities.services import (
    compare_opportunity,
    merge_opportunities,
    pending_comparisons,
    record_notices,
    settle_proposals,
)
from portal.accounts.models import User
from portal.lib.money import Money

PORTAL, CHANNEL, SHEET = "etenders.example.org", "cii", "upload"
TENDER_ID = "2026_SCDL_91000_1"
TITLE = "Supply and commissioning of online water-quality sensors at 212 locations"
BUYER = "Pune Smart City Development Corporation Limited"
DEADLINE = datetime(2026, 12, 10, 9, 30, tzinfo=UTC)


def notice(
    publisher: str, process_id: str, day: int, kind: NoticeKind = NoticeKind.TENDER, **facts: Any
) -> ParsedNotice:
    """A notice of that day of November 2026, called after the day."""
    return ParsedNotice(
        publisher=publisher,
        process_id=process_id,
        notice_id=f"{process_id}/{day}",
        kind=kind,
        published_at=datetime(2026, 11, day, 9, tzinfo=UTC),
        facts=OpportunityFacts(**facts),
    )


def on_the_portal(day: int = 2, **facts: Any) -> ParsedNotice:
    stated: dict[str, Any] = {
        "title": TITLE,
        "buyer_name": BUYER,
        "state": "MH",
        "city": "Pune",
        "submission_deadline": Moment(DEADLINE),
        "value": crores(84),
    }
    return notice(PORTAL, TENDER_ID, day, **(stated | facts))


def in_a_bulletin(day: int = 3, *, number: str = "CII-SC/2026-326/4", **facts: Any) -> ParsedNotice:
    """The channel quotes the ID and forgets the portal."""
    stated: dict[str, Any] = {
        "title": "Online water-quality sensors at 212 locations",
        "reference": TENDER_ID,
        "buyer_name": "Pune Smart City Development Corpn. Ltd.",
        "state": "MH",
        "city": "Pune",
        "submission_deadline": Moment(DEADLINE),
        "is_joint_venture_allowed": True,
    }
    return notice(CHANNEL, number, day, **(stated | facts))


def in_a_sheet(day: int = 4, **facts: Any) -> ParsedNotice:
    stated: dict[str, Any] = {
        "title": TITLE.upper(),
        "buyer_name": BUYER,
        "state": "MH",
        "value": crores(84),
        "contract_form": "Turn-key",
    }
    return notice(SHEET, TENDER_ID, day, **(stated | facts))


def crores(count: int) -> Money:
    return Money(Decimal(count) * 10_000_000, "INR")


def record(*notices: ParsedNotice, at: datetime) -> None:
    record_notices(notices, seen_at=at, now=at)


def compare_all(at: datetime) -> None:
    """What the timetable's sweep does, until nothing is left to do."""
    while pending := pending_comparisons(count=100):
        for pk in pending:
            compare_opportunity(pk, now=at)
    settle_proposals(now=at)


def the(publisher: str) -> Opportunity:
    return Opportunity.objects.get(publisher=publisher)


def merged(noon: datetime, by: User | None = None) -> Merge:
    """The portal's tender with the bulletin's taken in."""
    record(on_the_portal(), in_a_bulletin(), at=noon)
    merge = merge_opportunities(the(PORTAL).pk, the(CHANNEL).pk, by=by, now=noon)
    assert merge is not None
    return merge

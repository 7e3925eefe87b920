"""A project as bulletins tell of it, and the tender it comes to. All of it is made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from opportunities.models import Opportunity, Project
from opportunities.parsed_notice import NoticeKind, OpportunityFacts, ParsedNotice, Stage
from opportunities.services import record_notices, record_project
from portal.lib.money import Money

CHANNEL, PORTAL = "cii", "etenders.example.org"
APRIL, JULY, OCTOBER = date(2027, 4, 1), date(2027, 7, 1), date(2027, 10, 1)
_UNTIL = {APRIL: date(2027, 6, 30), JULY: date(2027, 9, 30), OCTOBER: date(2027, 12, 31)}


def early(day: int = 2, *, process_id: str = "CII-SC/2026-301/1", **facts: Any) -> ParsedNotice:
    """What the channel tells of a leakage programme that day of November 2026."""
    stated: dict[str, Any] = {
        "title": "Reduction of non-revenue water in the core city",
        "description": "Leak detection with acoustic loggers, smart water meters, pressure management.",
        "stage": Stage.DPR,
        "buyer_name": "Madurai Smart City Limited",
        "city": "Madurai",
        "state": "TN",
        "scheme": "AMRUT 2.0",
        "value": crores(118),
        "tender_expected_from": APRIL,
    }
    return _notice(CHANNEL, process_id, day, NoticeKind.PLANNING, stated | facts)


def tender(day: int = 10, *, process_id: str = "2026_MSCL_91700_1", **facts: Any) -> ParsedNotice:
    """The tender it comes to, as a portal publishes it."""
    stated: dict[str, Any] = {
        "title": "Non revenue water reduction: leak detection and pressure management in 12 zones",
        "description": "Supply of acoustic loggers and water meters.",
        "buyer_name": "Madurai Smart City Ltd.",
        "city": "Madurai",
        "state": "TN",
    }
    return _notice(PORTAL, process_id, day, NoticeKind.TENDER, stated | facts)


def _notice(
    publisher: str, process_id: str, day: int, kind: NoticeKind, facts: dict[str, Any]
) -> ParsedNotice:
    begins = facts.get("tender_expected_from")
    until = {"tender_expected_until": _UNTIL[begins]} if begins else {}
    return ParsedNotice(
        publisher=publisher,
        process_id=process_id,
        notice_id=f"{process_id}/{day}",
        kind=kind,
        published_at=datetime(2026, 11, day, 9, tzinfo=UTC),
        facts=OpportunityFacts(**(facts | until)),
    )


def record(*notices: ParsedNotice, at: datetime) -> Opportunity:
    """Record them and return the opportunity of the last."""
    rows = record_notices(list(notices), seen_at=at, now=at).notices
    return Opportunity.objects.get(pk=rows[-1].opportunity_id)


def project_told_in(*notices: ParsedNotice, at: datetime) -> Project:
    project = record_project(record(*notices, at=at).pk, now=at)
    assert project is not None
    return project


def crores(amount: int) -> Money:
    return Money(Decimal(amount) * 10_000_000, "INR")

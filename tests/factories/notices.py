"""Parsed notices, as a parser would hand them over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from opportunities.parsed_notice import NoticeKind, OpportunityFacts, ParsedNotice, Requirement

PUBLISHER = "etenders.example.org"


def parsed_notice(
    day: int = 1,
    *,
    process_id: str = "2026_SCDL_91000_1",
    notice_id: str | None = None,
    kind: NoticeKind = NoticeKind.TENDER,
    **facts: Any,
) -> ParsedNotice:
    """A notice published on that day of November 2026. Facts beside the title are stated as given."""
    return ParsedNotice(
        publisher=PUBLISHER,
        process_id=process_id,
        notice_id=notice_id or f"{process_id}/{day}",
        kind=kind,
        published_at=datetime(2026, 11, day, 9, tzinfo=UTC),
        facts=OpportunityFacts(**facts),
    )


def asking(notice: ParsedNotice, *requirements: Requirement) -> ParsedNotice:
    """The notice, and what it asks of whoever bids."""
    return replace(notice, requirements=requirements)

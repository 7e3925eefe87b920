"""Rows that a digest is made of, as they stand at a moment the test chooses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from matching.delivery.owing import owe_daily_digests
from matching.delivery.services import send_delivery
from matching.models import CapabilityProfile, DeliveredOpportunity, Delivery, Match
from opportunities.compile import Change
from opportunities.models import Opportunity
from opportunities.parsed_notice import Moment
from opportunities.serialization import changes_to_json
from tests.factories.matching import MatchFactory
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory

DAY = timedelta(days=1)


def add_match(profile: CapabilityProfile | None, *, now: datetime, score: int = 72, **facts: Any) -> Match:
    """A tender recorded yesterday that closes in twenty days, and how well it fits."""
    stated = {
        "recorded_at": now - DAY,
        "published_at": now - 2 * DAY,
        "disclosed_from": now - DAY,
        "submission_deadline": now + 20 * DAY,
    } | facts
    opportunity = OpportunityFactory.create(**stated)
    OpportunityRevisionFactory.create(notice=NoticeFactory.create(opportunity=opportunity), number=1)
    return MatchFactory.create(profile=profile, opportunity=opportunity, score=score)


def move_deadline(opportunity: Opportunity, to: datetime) -> None:
    before = opportunity.moment("submission_deadline")
    opportunity.submission_deadline = to
    opportunity.save(update_fields=["submission_deadline"])
    revise(opportunity, Change("submission_deadline", before, Moment(to)))


def revise(opportunity: Opportunity, *changes: Change) -> None:
    """A later notice changed this; the opportunity's own fields are the caller's."""
    OpportunityRevisionFactory.create(
        notice=NoticeFactory.create(opportunity=opportunity),
        number=opportunity.revisions.count() + 1,
        changes=changes_to_json(changes),
    )


def owe_and_send(period: date, *, now: datetime) -> None:
    owe_daily_digests(period, now=now)
    for delivery in Delivery.objects.due_at(now).order_by("pk"):
        send_delivery(delivery.pk, now=now)


def told(delivery: Delivery) -> dict[str, int]:
    """Opportunity by section."""
    return dict(
        DeliveredOpportunity.objects.filter(delivery=delivery).values_list("section", "opportunity_id")
    )

"""Buyers with tenders behind them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from opportunities.compile import Change
from opportunities.models import Buyer, Opportunity
from opportunities.parsed_notice import Moment
from opportunities.serialization import changes_to_json
from opportunities.services import name_buyers, reckon_memories, write_known_buyers
from tests.factories.opportunities import NoticeFactory, OpportunityFactory, OpportunityRevisionFactory

PUNE = "Pune Municipal Corporation"


def pune() -> Buyer:
    """The city's corporation, as Setu ships with it."""
    write_known_buyers(now=timezone.now())
    return Buyer.objects.get(slug="pune-municipal")


def tender_of_pune(now: datetime, *, days: int = 20, extended: int = 0, **facts: Any) -> Opportunity:
    """A tender published a hundred days ago, known the same day, open for so many days and then extended."""
    published = now - timedelta(days=100)
    first = published + timedelta(days=days)
    stated: dict[str, Any] = {
        "buyer_name": PUNE,
        "published_at": published,
        "recorded_at": published,
        "disclosed_from": published,
        "submission_deadline": first + timedelta(days=extended),
        "value_amount": Decimal(1_000_000),
        "bid_security_amount": Decimal(20_000),
        "bid_security_currency": "INR",
    }
    opportunity = OpportunityFactory.create(**{**stated, **facts})
    if extended:
        last = first + timedelta(days=extended)
        moved = Change("submission_deadline", Moment(first), Moment(last))
        OpportunityRevisionFactory.create(
            notice=NoticeFactory.create(opportunity=opportunity), number=2, changes=changes_to_json((moved,))
        )
    return opportunity


def remember(now: datetime) -> None:
    """Name all buyers and reckon what is remembered of them."""
    name_buyers(now=now)
    reckon_memories(now=now, most=1_000)


def waiting_name_key(name: str = "Pimpri Nagar Vikas Nigam") -> str:
    """The inbox's key of a name on a tender that means no buyer."""
    opportunity = OpportunityFactory.create(buyer_name=name, organisation_chain=[], city="")
    name_buyers(now=timezone.now())
    return f"buyer-{opportunity.pk}"

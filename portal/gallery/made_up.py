"""What the examples are about: one tender, in the state that an example wants it in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from ingest.models import Source
from ingest.selectors import Origin
from matching.scoring.records import Evidence, Part, Verdict
from opportunities.models import Opportunity
from opportunities.parsed_notice import Moment, Requirement, RequirementKind
from portal.accounts.models import User
from portal.lib.money import CRORE, Money

# Long past, so that the pictures are the same every day.
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=9)
LONG_WORD = "Nagar_Nigam_" * 12
LONG_TITLE = (
    "Selection of a master system integrator for supply, installation, testing, commissioning, operation and "
    "maintenance for sixty months of an integrated command and control centre with SCADA, water-quality "
    "sensors, smart metering, solid-waste tracking and public bicycle sharing in the area-based development"
)
SENTENCE = "The bidder shall have an average annual turnover of Rs. 40 Crore in the last three years."


def crore(amount: int) -> Money:
    return Money(amount * CRORE, "INR")


def opportunity(**facts: Any) -> Opportunity:
    usual: dict[str, Any] = {
        "pk": 1,
        "title": "Supply, installation and five-year O&M of SCADA and water-quality sensors for 24×7 supply",
        "process_id": "2026_PSCDC_91245_1",
        "buyer_name": "Pune Smart City Development Corporation Ltd",
        "city": "Pune",
        "state": "MH",
        "stage": "tender",
        "value_amount": Decimal(845_000_000),
        "value_currency": "INR",
        "submission_deadline": DEADLINE,
        "disclosed_from": NOW - timedelta(days=2),
    }
    return Opportunity(**usual | facts)


def early_opportunity(**facts: Any) -> Opportunity:
    usual: dict[str, Any] = {"stage": "dpr", "submission_deadline": None}
    return opportunity(**usual | facts)


def source(**facts: Any) -> Source:
    return Source(**{"pk": 1, "kind": "gepnic", "name": "Kerala e-tendering", **facts})


def person(name: str = "Alice Ahlgren") -> User:
    return User(pk=1, name=name, email="alice@example.org")


def origin(**facts: Any) -> Origin:
    usual: dict[str, Any] = {
        "field": "value",
        "place": "row 12, Tender Value in ₹",
        "words": "84,50,00,000",
        "is_sure": True,
        "confidence": 0.98,
        "ruled_at": None,
        "source_name": "Maharashtra e-tendering",
        "document_id": 1,
        "fetched_at": NOW,
    }
    return Origin(**usual | facts)


def requirement(kind: RequirementKind = RequirementKind.TURNOVER, **facts: Any) -> Requirement:
    return Requirement(kind, **{"sentence": SENTENCE, "place": "item 3, line 12", **facts})


def part(rule: str = "domain", points: int = 40, most: int = 50, **facts: Any) -> Part:
    usual: dict[str, Any] = {
        "verdict": Verdict.FITS,
        "evidence": (
            Evidence("water-quality sensors", "vattenkvalitetssensorer", "water-quality", "concept"),
        ),
    }
    return Part(rule, points, most, **usual | facts)


def day(moment: datetime) -> Moment:
    """A day alone: no time of day is stated."""
    return Moment(moment, has_time=False)

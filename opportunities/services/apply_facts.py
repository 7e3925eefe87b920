"""Facts into the columns of an opportunity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from opportunities.models import Opportunity
from opportunities.parsed_notice import Moment, OpportunityFacts
from portal.lib.money import Money

MONEY = ("value", "bid_security", "document_fee")
MOMENTS = (
    "documents_from",
    "documents_until",
    "enquiry_deadline",
    "prebid_at",
    "submission_from",
    "submission_deadline",
    "opening_at",
)
LISTS = ("organisation_chain", "classification_codes")
# Columns where nothing stated is null; everywhere else it is an empty text.
NULLABLE = (
    "is_joint_venture_allowed",
    "bid_validity_days",
    "period_days",
    "tender_expected_from",
    "tender_expected_until",
)


def apply_facts(opportunity: Opportunity, facts: OpportunityFacts) -> None:
    """Set every fact column; saving is the caller's. A title nobody stated stays the process number."""
    for column, value in _columns(facts):
        setattr(opportunity, column, value)
    opportunity.title = facts.title or opportunity.process_id


def _columns(facts: OpportunityFacts) -> Iterator[tuple[str, object]]:
    for field in fields(facts):
        value = getattr(facts, field.name)
        if field.name in MONEY:
            yield from _money_columns(field.name, value)
        elif field.name in MOMENTS:
            yield field.name, _at(value)
        elif field.name in LISTS:
            yield field.name, list(value or ())
        elif field.name in NULLABLE:
            yield field.name, value
        else:
            yield field.name, value or ""
    stated = ((name, getattr(facts, name)) for name in MOMENTS)
    yield "without_time", [name for name, moment in stated if moment and not moment.has_time]


def _money_columns(name: str, money: Money | None) -> Iterator[tuple[str, object]]:
    yield f"{name}_amount", money.amount if money else None
    yield f"{name}_currency", money.currency if money else ""


def _at(moment: Moment | None) -> datetime | None:
    return moment.at if moment else None


FACT_COLUMNS = tuple(column for column, _ in _columns(OpportunityFacts()))

"""Opportunities as lines of a list: the facts by which one decides whether to look, and nothing heavy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from opportunities.parsed_notice import Moment
from opportunities.selectors.door import visible_opportunities
from portal.accounts.models import Company
from portal.lib.money import Money


@dataclass(frozen=True, slots=True)
class BuyerInLine:
    """Who buys, as the notice names it, and which known buyer that is; None where nobody knows."""

    id: int | None
    name: str


@dataclass(frozen=True)
class OpportunityLine:
    """One opportunity in short. "" and None: not stated."""

    id: int
    publisher: str
    process_id: str
    reference: str
    title: str
    stage: str
    domains: tuple[str, ...]  # fields of work, as the vocabulary's slugs
    buyer: BuyerInLine
    city: str
    state: str
    scheme: str
    procurement_method: str
    is_joint_venture_allowed: bool | None
    value: Money | None
    bid_security: Money | None
    published_at: datetime | None
    submission_deadline: Moment | None
    disclosed_from: datetime | None
    url: str


# What a query of opportunities gives to make a line of, in this order
LINE_FIELDS = (
    "pk",
    "publisher",
    "process_id",
    "reference",
    "title",
    "stage",
    "search_entry__domains",
    "buyer_naming__buyer",
    "buyer_name",
    "city",
    "state",
    "scheme",
    "procurement_method",
    "is_joint_venture_allowed",
    "value_amount",
    "value_currency",
    "bid_security_amount",
    "bid_security_currency",
    "published_at",
    "submission_deadline",
    "without_time",
    "disclosed_from",
    "url",
)


def lines_of(opportunity_ids: Sequence[int], *, to: Company, at: datetime) -> list[OpportunityLine]:
    """These opportunities in this order, as far as ``to`` may know of them. One query."""
    rows = visible_opportunities(to=to, at=at).filter(pk__in=opportunity_ids).values_list(*LINE_FIELDS)
    lines = {row[0]: line_from(row) for row in rows}
    return [lines[pk] for pk in opportunity_ids if pk in lines]


def line_from(row: Sequence[Any]) -> OpportunityLine:
    """The line of one row of LINE_FIELDS, which a query gave that began at the door."""
    pk, publisher, process_id, reference, title, stage, domains, buyer_id, buyer_name = row[:9]
    city, state, scheme, method, may_join, value, currency, security, security_currency = row[9:18]
    published_at, deadline, without_time, disclosed_from, url = row[18:]
    has_time = "submission_deadline" not in without_time
    return OpportunityLine(
        id=pk,
        publisher=publisher,
        process_id=process_id,
        reference=reference,
        title=title,
        stage=stage,
        domains=tuple(domains or ()),
        buyer=BuyerInLine(buyer_id, buyer_name),
        city=city,
        state=state,
        scheme=scheme,
        procurement_method=method,
        is_joint_venture_allowed=may_join,
        value=_money(value, currency),
        bid_security=_money(security, security_currency),
        published_at=published_at,
        submission_deadline=Moment(deadline, has_time=has_time) if deadline else None,
        disclosed_from=disclosed_from,
        url=url,
    )


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)

"""Processes as rows of a table, for spreadsheets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from opportunities.exports.ocds import ocid_of
from opportunities.exports.publications import publications
from opportunities.exports.told import Republisher, ToldProcess
from opportunities.parsed_notice import Moment
from opportunities.sameness.keys import address_of
from portal.lib.clocks import INDIA
from portal.lib.money import Money

Cell = str | int | Decimal | date | datetime | bool | None
HEADING: tuple[str, ...] = (
    "ocid",
    "told",
    "title",
    "stage",
    "buyer",
    "city",
    "state",
    "value",
    "currency",
    "bid_security",
    "submission_deadline",
    "enquiry_deadline",
    "programme",
    "procedure",
    "joint_venture",
    "domains",
    "source",
    "source_number",
    "original",
)


def row(process: ToldProcess, by: Republisher) -> tuple[Cell, ...] | None:
    """What stands now, under ``HEADING``; None for a process without a notice."""
    told = [*publications(process)]
    if not told:
        return None
    last, facts = told[-1], told[-1].after.facts
    source = next((said.notice for said in told if said.is_public), None)
    return (
        ocid_of(process, by),
        last.told_at,
        facts.title or process.number,
        str(facts.stage or ""),
        facts.buyer_name,
        facts.city,
        facts.state,
        _amount(facts.value),
        facts.value.currency if facts.value else None,
        _amount(facts.bid_security),
        _at(facts.submission_deadline),
        _at(facts.enquiry_deadline),
        facts.scheme,
        facts.procurement_method,
        facts.is_joint_venture_allowed,
        " ".join(process.domains),
        source.publisher if source else None,
        source.process_id if source else None,
        facts.url if address_of(facts.url) else None,
    )


def _amount(money: Money | None) -> Decimal | None:
    return None if money is None else money.amount


def _at(moment: Moment | None) -> Cell:
    """In India's time; the day alone where no time is stated."""
    if moment is None:
        return None
    there = moment.at.astimezone(INDIA)
    return there if moment.has_time else there.date()

"""Opportunities as tables, for files: what Explore, Matches and Followed offer to download."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matching.delivery.links import absolute
from matching.models import Match
from matching.selectors import Followed, followed_in, outcomes_in
from matching.templatetags.outcome_words import outcome_name
from opportunities.parsed_notice import Moment
from opportunities.templatetags.opportunity_words import stage_name, state_name
from portal.lib.clocks import INDIA, day_in_stockholm
from portal.lib.money import Money
from portal.lib.spreadsheet import Cell
from portal.lib.tables import Column, Table

T = TypeVar("T")


class Exported(Protocol):
    """What of an opportunity stands in a row."""

    pk: int
    title: str
    stage: str
    buyer_name: str
    city: str
    state: str
    scheme: str
    procurement_method: str
    is_joint_venture_allowed: bool | None
    published_at: datetime | None
    publisher: str
    process_id: str
    reference: str
    url: str

    @property
    def value(self) -> Money | None: ...
    @property
    def bid_security(self) -> Money | None: ...
    def moment(self, name: str) -> Moment | None: ...


def day_in_india(at: datetime | None) -> Cell:
    return at.astimezone(INDIA).date() if at else None


def _moment(found: Exported, name: str) -> Cell:
    """In India's time, where it holds; the day alone where no time is stated."""
    moment = found.moment(name)
    if moment is None:
        return None
    there = moment.at.astimezone(INDIA)
    return there if moment.has_time else there.date()


_COLUMNS: tuple[Column[Exported], ...] = (
    Column("title", _("Title"), lambda found: found.title),
    Column("stage", _("Stage"), lambda found: stage_name(found.stage)),
    Column("buyer", _("Buyer"), lambda found: found.buyer_name),
    Column("city", _("City"), lambda found: found.city),
    Column("state", _("State"), lambda found: state_name(found.state)),
    Column("value", _("Value"), lambda found: found.value.amount if found.value else None),
    Column("currency", _("Currency"), lambda found: found.value.currency if found.value else ""),
    Column(
        "bid_security",
        _("Bid security (EMD)"),
        lambda found: found.bid_security.amount if found.bid_security else None,
    ),
    Column("bids_close", _("Bids close"), lambda found: _moment(found, "submission_deadline")),
    Column("questions_until", _("Last day for questions"), lambda found: _moment(found, "enquiry_deadline")),
    Column("published", _("Published"), lambda found: day_in_india(found.published_at)),
    Column("programme", _("Programme"), lambda found: found.scheme),
    Column("procedure", _("Procedure"), lambda found: found.procurement_method),
    Column("joint_venture", _("Joint venture"), lambda found: found.is_joint_venture_allowed),
    Column("source", _("Source"), lambda found: found.publisher),
    Column("tender_id", _("Tender ID"), lambda found: found.process_id),
    Column("reference", _("Reference number"), lambda found: found.reference),
    Column(
        "page",
        _("Page in Setu"),
        lambda found: absolute(reverse("dashboards:opportunity", args=[found.pk])),
    ),
    Column("original", _("Original"), lambda found: found.url),
)


def opportunity_columns(of: Callable[[T], Exported]) -> tuple[Column[T], ...]:
    """What is told of an opportunity, in tables whose lines have one."""
    return tuple(_of(column, of) for column in _COLUMNS)


def _of(column: Column[Exported], of: Callable[[T], Exported]) -> Column[T]:
    return Column(column.key, column.heading, lambda line: column.read(of(line)))


OPPORTUNITIES: Table[Exported] = Table("opportunities", _("Opportunities"), _COLUMNS)

MATCHES: Table[Match] = Table(
    "matches",
    _("Matches"),
    (
        Column("score", _("Score"), lambda match: match.score),
        *opportunity_columns(lambda match: match.opportunity),
    ),
)


def _followed(row: object, tell: Callable[[Followed], Cell]) -> Cell:
    followed = followed_in(row)
    return tell(followed) if followed else None


def _outcome(row: object) -> str:
    standing = outcomes_in(row).standing
    return outcome_name(standing.stage) if standing else ""


FOLLOWED: Table[Any] = Table(
    "followed",
    _("Followed"),
    (
        *opportunity_columns(lambda row: row),
        Column(
            "followed_since",
            _("Followed since"),
            lambda row: _followed(row, lambda it: day_in_stockholm(it.since)),
        ),
        Column("followed_by", _("Followed by"), lambda row: _followed(row, lambda it: it.by_name)),
        Column("outcome", _("How it went"), _outcome),
    ),
)

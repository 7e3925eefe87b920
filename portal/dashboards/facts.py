"""An opportunity's facts in the order people ask for them, each with where it was read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Protocol

from ingest.selectors import Origin
from opportunities.parsed_notice import Moment, OpportunityFacts

_MOMENTS = frozenset(field.name for field in fields(OpportunityFacts) if "Moment" in str(field.type))
_MONEY = frozenset(field.name for field in fields(OpportunityFacts) if "Money" in str(field.type))
# What every bidder asks: shown even where the notice is silent.
_ALWAYS = (
    "submission_deadline",
    "value",
    "bid_security",
    "document_fee",
    "enquiry_deadline",
    "prebid_at",
    "opening_at",
    "period_days",
    "is_joint_venture_allowed",
)
_ALWAYS_EARLY = ("tender_expected_from", "value")
_NAMING = ("title", "buyer_name", "city", "state", "stage")
_WHERE_STATED = (
    "prebid_place",
    "documents_from",
    "documents_until",
    "submission_from",
    "bid_validity_days",
    "reference",
    "organisation_chain",
    "contact",
    "location",
    "pincode",
    "category",
    "product_category",
    "procurement_method",
    "contract_form",
    "classification_codes",
    "scheme",
)
_FOREIGN = frozenset(
    {
        "title",
        "buyer_name",
        "prebid_place",
        "organisation_chain",
        "contact",
        "location",
        "category",
        "product_category",
        "procurement_method",
        "contract_form",
        "scheme",
    }
)


class FactKind(StrEnum):
    MOMENT = "moment"
    MONEY = "money"
    PERIOD = "period"  # first and last day
    FOREIGN = "foreign"  # the notice's own words, in its own language
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Fact:
    field: str
    kind: FactKind
    value: object  # None: not stated
    origin: Origin | None
    is_unsure: bool = False  # read with doubt, and nobody has confirmed it


class HoldsFacts(Protocol):
    @property
    def unsure(self) -> Collection[str]: ...

    @property
    def is_early_stage(self) -> bool: ...

    def moment(self, name: str) -> Moment | None: ...


def stated_facts(opportunity: HoldsFacts, origins: Mapping[str, Origin]) -> list[Fact]:
    """What is always asked, stated or not, and then whatever else the notices state.

    Before there is a tender nobody asks for its dates.
    """
    always = _ALWAYS_EARLY if opportunity.is_early_stage else _ALWAYS
    rest = (_fact(opportunity, name, origins) for name in (*_ALWAYS, *_WHERE_STATED) if name not in always)
    return [
        *(_fact(opportunity, name, origins) for name in always),
        *(fact for fact in rest if fact.value is not None),
    ]


def record(opportunity: HoldsFacts, origins: Mapping[str, Origin]) -> list[Fact]:
    """Everything that was read, to be held against the original."""
    naming = (_fact(opportunity, name, origins) for name in _NAMING)
    known = [*naming, *stated_facts(opportunity, origins)]
    return [fact for fact in known if fact.value is not None]


def _fact(opportunity: HoldsFacts, name: str, origins: Mapping[str, Origin]) -> Fact:
    kind, value = _kind_and_value(opportunity, name)
    return Fact(
        name,
        kind,
        None if value in ("", []) else value,
        origins.get(name),
        is_unsure=name in opportunity.unsure,
    )


def _kind_and_value(opportunity: HoldsFacts, name: str) -> tuple[FactKind, Any]:
    if name in _MOMENTS:
        return FactKind.MOMENT, opportunity.moment(name)
    value: Any = getattr(opportunity, name)
    if name == "tender_expected_from":
        period = (value, getattr(opportunity, "tender_expected_until", None))
        return FactKind.PERIOD, period if any(period) else None
    if name in _MONEY:
        return FactKind.MONEY, value
    return FactKind.FOREIGN if name in _FOREIGN else FactKind.PLAIN, value

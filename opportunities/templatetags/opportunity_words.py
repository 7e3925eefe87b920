"""What opportunities' own names and facts are called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from django import template
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from opportunities.models import ENDED_STAGES
from opportunities.parsed_notice import Moment
from opportunities.places import STATES as PLACES
from opportunities.templatetags.requirement_words import requirement_kind
from portal.lib.money import Money
from portal.ui import formats

register = template.Library()


class Dated(Protocol):
    def moment(self, name: str) -> Moment | None: ...


STATE_NAMES = {state.code: state.name for state in PLACES}
STAGES = {
    "": _("Stage not stated"),
    "identified": _("Identified"),
    "dpr": _("Project report"),
    "funded": _("Funded"),
    "rfi": _("RFI"),
    "eoi": _("EOI"),
    "rfq": _("RFQ"),
    "tender": _("Open tender"),
    "technical_evaluation": _("Technical evaluation"),
    "financial_evaluation": _("Financial evaluation"),
    "awarded": _("Awarded"),
    "cancelled": _("Cancelled"),
    "retendered": _("Tendered again"),
}

NOTICE_KINDS = {
    "planning": _("Advance information"),
    "tender": _("Tender notice"),
    "corrigendum": _("Corrigendum"),
    "cancellation": _("Cancellation"),
    "award": _("Award notice"),
}

FACTS = {
    "title": _("Title"),
    "description": _("Scope"),
    "reference": _("Reference number"),
    "stage": _("Stage"),
    "url": _("Address"),
    "buyer_name": _("Buyer"),
    "organisation_chain": _("Organisation"),
    "contact": _("Contact"),
    "location": _("Place"),
    "pincode": _("Postcode"),
    "city": _("City"),
    "state": _("State"),
    "category": _("Category"),
    "product_category": _("Product category"),
    "procurement_method": _("Procedure"),
    "contract_form": _("Form of contract"),
    "classification_codes": _("CPV codes"),
    "scheme": _("Programme"),
    "is_joint_venture_allowed": _("Joint venture"),
    "value": _("Value"),
    "bid_security": _("Bid security (EMD)"),
    "document_fee": _("Tender fee"),
    "documents_from": _("Documents from"),
    "documents_until": _("Documents until"),
    "enquiry_deadline": _("Last day for questions"),
    "prebid_at": _("Pre-bid meeting"),
    "prebid_place": _("Pre-bid meeting place"),
    "submission_from": _("Bids from"),
    "submission_deadline": _("Bids close"),
    "opening_at": _("Bids opened"),
    "bid_validity_days": _("Bid valid for"),
    "period_days": _("Time for the work"),
    "tender_expected_from": _("Tender expected"),
    "tender_expected_until": _("Tender expected by"),
    "requirements": _("What it asks for"),
    # Facts of projects alone
    "funding": _("Funding"),
    "value_until": _("Value, at most"),
    "confidence": _("How sure the quarter is"),
    "basis": _("What the quarter rests on"),
    # Not facts of the opportunity, but a source states them and may be misread
    "notice_id": _("Notice number"),
    "process_id": _("Tender ID"),
    "published_at": _("Published"),
}

CONFIDENCE = {"low": _("uncertain"), "medium": _("fairly likely"), "high": _("very likely")}
# A quarter was told, and not the day that it begins or ends on.
_BY_MONTH = frozenset({"tender_expected_from", "tender_expected_until"})
_CODED: dict[str, Mapping[str, object]] = {
    "stage": STAGES,
    "state": STATE_NAMES,
    "confidence": CONFIDENCE,
}

STEPS = {
    "known": _("Known early"),
    "expected": _("Tender expected"),
    "published": _("Published"),
    "enquiry_deadline": _("Questions close"),
    "prebid_at": _("Pre-bid meeting"),
    "submission_deadline": _("Bids close"),
    "opening_at": _("Bids opened"),
    "awarded": _("Awarded"),
    "cancelled": _("Cancelled"),
    "retendered": _("Tendered again"),
}


@register.filter
def step_name(step: str) -> str:
    return str(STEPS.get(step, step))


@register.filter
def stage_name(stage: str) -> str:
    return str(STAGES.get(stage, stage))


@register.filter
def notice_kind(kind: str) -> str:
    return str(NOTICE_KINDS.get(kind, kind))


@register.filter
def fact_name(field: str) -> str:
    return str(FACTS.get(field) or requirement_kind(field))


@register.filter
def state_name(code: str) -> str:
    return STATE_NAMES.get(code, code)


@register.filter
def fact_value(value: object, field: str) -> str:  # noqa: PLR0911  one arm for each kind of fact
    """One fact in words, whatever its kind. "" where it is not stated."""
    match value:
        case None | "" | () | []:
            return ""
        case bool():
            return gettext("allowed") if value else gettext("not allowed")
        case Money():
            return formats.money(value)
        case Moment():
            return formats.india_clock(value.at) if value.has_time else formats.day(value.at)
        case date() if field in _BY_MONTH:
            return formats.months(value, value)
        case date():
            return formats.day(value)
        case int():
            return ngettext("%(days)s day", "%(days)s days", value) % {"days": formats.number(value)}
        case tuple() | list():
            return (" " if field == "requirements" else " › ").join(map(str, value))
        case _ if field in _CODED:
            return str(_CODED[field].get(str(value), value))
        case _:
            return str(value)


@register.filter
def is_ended(stage: str) -> bool:
    return stage in ENDED_STAGES


@register.filter
def deadline_of(opportunity: Dated) -> Moment | None:
    """When bids close, with whether a time of day was stated."""
    return opportunity.moment("submission_deadline")

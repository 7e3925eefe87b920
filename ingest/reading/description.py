"""A notice as plain JSON for people and other programs: what ``parse`` prints and samples expect."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from opportunities.parsed_notice import Doubt, Moment, OpportunityFacts, ParsedNotice, Requirement, Unreadable
from portal.lib.clocks import INDIA
from portal.lib.money import Money

_MOMENTS = (
    "submission_deadline",
    "opening_at",
    "prebid_at",
    "enquiry_deadline",
    "documents_from",
    "documents_until",
    "submission_from",
)


def describe_notice(notice: ParsedNotice) -> dict[str, Any]:
    """Every fact under a stable name: Indian time, amounts as decimal strings, null if not stated."""
    facts = notice.facts
    return {
        "process_id": notice.process_id,
        "notice_id": notice.notice_id,
        "publisher": notice.publisher,
        "kind": str(notice.kind),
        "published_at": _at(notice.published_at),
        "reference": facts.reference,
        "title": facts.title,
        "description": facts.description,
        "stage": facts.stage and str(facts.stage),
        "url": facts.url,
        "buyer": facts.buyer_name,
        "organisation_chain": list(facts.organisation_chain or ()),
        "location": facts.location,
        "pincode": facts.pincode,
        "city": facts.city,
        "state": facts.state,
        "category": facts.category,
        "product_category": facts.product_category,
        "procurement_method": facts.procurement_method,
        "contract_form": facts.contract_form,
        "classification_codes": list(facts.classification_codes or ()),
        "scheme": facts.scheme,
        "value": _amount(facts.value),
        "emd": _amount(facts.bid_security),
        "document_fee": _amount(facts.document_fee),
        **{name: _moment(getattr(facts, name)) for name in _MOMENTS},
        "prebid_place": facts.prebid_place,
        "bid_validity_days": facts.bid_validity_days,
        "period_days": facts.period_days,
        "tender_expected_from": facts.tender_expected_from and facts.tender_expected_from.isoformat(),
        "tender_expected_until": facts.tender_expected_until and facts.tender_expected_until.isoformat(),
        "without_time": _without_time(facts),
        "doubts": [describe_doubt(doubt) for doubt in notice.doubts],
        # Left out of a notice that asks for nothing, as most do
        **(
            {"requirements": [_requirement(one) for one in notice.requirements]}
            if notice.requirements
            else {}
        ),
    }


def describe_doubt(doubt: Doubt) -> dict[str, str]:
    return {"field": doubt.field, "place": doubt.place, "words": doubt.words, "reason": doubt.reason}


def describe_unreadable(part: Unreadable) -> dict[str, str]:
    return {"place": part.place, "excerpt": part.excerpt, "reason": part.reason}


def _requirement(asked: Requirement) -> dict[str, Any]:
    stated = {
        "amount": _amount(asked.amount),
        "share": asked.share and f"{asked.share:f}",
        "years": asked.years,
        "count": asked.count,
        "name": asked.name,
        "is_allowed": asked.is_allowed,
    }
    return {
        "kind": str(asked.kind),
        "sentence": asked.sentence,
        "place": asked.place,
        **{name: value for name, value in stated.items() if value is not None},
        "confidence": asked.confidence,
    }


def _without_time(facts: OpportunityFacts) -> list[str]:
    """The moments that are stated as a day alone."""
    return [name for name in _MOMENTS if (stated := getattr(facts, name)) and not stated.has_time]


def _at(at: datetime | None) -> str | None:
    return at.astimezone(INDIA).isoformat() if at else None


def _moment(moment: Moment | None) -> str | None:
    return _at(moment.at) if moment else None


def _amount(money: Money | None) -> dict[str, str] | None:
    return {"amount": f"{money.amount:f}", "currency": money.currency} if money else None

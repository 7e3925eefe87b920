"""What is told of one tender: the section of a release that most of it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from opportunities.exports.ocds.words import (
    CATEGORIES,
    CPV,
    DOMAIN_SCHEME,
    IN_INDIA,
    METHODS,
    NO_TIME,
    PATHS,
    STATUS,
)
from opportunities.exports.personal import impersonal
from opportunities.exports.publications import Publication
from opportunities.exports.told import Json
from opportunities.parsed_notice import Moment, NoticeKind, OpportunityFacts
from opportunities.sameness.keys import address_of
from portal.lib.clocks import INDIA
from portal.lib.money import Money

_TITLES = {
    "documents-from": "Documents can be had from",
    "documents-until": "Documents can be had until",
    "pre-bid": "Pre-bid meeting",
    "bid-opening": "Bids are opened",
    "tender-expected-from": "A tender is expected from",
    "tender-expected-until": "A tender is expected by",
}


def tender_section(
    said: Publication, number: str, *, amendments: Iterable[Json], domains: Iterable[str] = ()
) -> Json:
    """The tender as it stands after a publication. What isn't stated is left out."""
    facts = said.after.facts
    # What the channel numbers tells when it wrote: pages show that to members, and to nobody else.
    named = said.notice.process_id if said.is_public else number
    method = facts.procurement_method or ""
    return stated(
        id=named,
        title=facts.title or named,
        description=facts.description,
        status=STATUS.get(facts.stage) if facts.stage else None,
        items=_items(facts, domains),
        value=None if said.notice.kind is NoticeKind.PLANNING else amount(facts.value),
        procurementMethod=next(
            (code for word, code in METHODS.items() if method.casefold().startswith(word)), None
        ),
        procurementMethodDetails=facts.procurement_method,
        mainProcurementCategory=CATEGORIES.get(facts.category or ""),
        tenderPeriod=stated(
            startDate=moment(facts.submission_from), endDate=moment(facts.submission_deadline)
        ),
        enquiryPeriod=stated(endDate=moment(facts.enquiry_deadline)),
        contractPeriod=stated(durationInDays=facts.period_days),
        eligibilityCriteria="\n".join(map(impersonal, said.asked)),
        documents=documents(said, "tenderNotice") if said.notice.kind in _ABOUT_TENDERS else None,
        milestones=[*_milestones(facts)],
        amendments=[*amendments],
        sourceTerms=_source_terms(said),
    )


_ABOUT_TENDERS = (NoticeKind.TENDER, NoticeKind.CORRIGENDUM, NoticeKind.CANCELLATION)


def planning_section(said: Publication) -> Json:
    """What is told before there is a tender: its budget, and when it is expected."""
    facts, is_planning = said.after.facts, said.notice.kind is NoticeKind.PLANNING
    if not (is_planning or facts.tender_expected_from or facts.tender_expected_until):
        return {}
    expected = {
        "tender-expected-from": facts.tender_expected_from,
        "tender-expected-until": facts.tender_expected_until,
    }
    return stated(
        budget=stated(amount=amount(facts.value) if is_planning else None),
        documents=documents(said, "plannedProcurementNotice") if is_planning else None,
        milestones=[
            {"id": key, "title": _TITLES[key], "type": "preProcurement", "dueDate": day(at)}
            for key, at in expected.items()
            if at is not None
        ],
    )


def award_section(said: Publication) -> list[Json]:
    """That it was awarded, and where that can be read; never to whom, nor for how much."""
    if said.notice.kind is not NoticeKind.AWARD:
        return []
    return [stated(id="1", status="active", documents=documents(said, "awardNotice"))]


def documents(said: Publication, kind: str) -> list[Json]:
    """The original, where it has an address that lasts."""
    facts = said.after.facts
    if address_of(facts.url) is None:
        return []
    published = said.notice.published_at if said.is_public else None
    return [
        stated(
            id="original",
            documentType=kind,
            title="The original notice",
            url=facts.url,
            datePublished=published and at_india(published),
            format="text/html",
            language="en",
        )
    ]


def changed_paths(changed: Iterable[str]) -> list[str]:
    """Where in a release these facts stand, each place once."""
    return [*dict.fromkeys(PATHS[name] for name in changed if name in PATHS)]


def stated(**named: Any) -> Json:
    """Only what says something: truth and numbers always do."""
    return {name: value for name, value in named.items() if value or isinstance(value, int)}


def amount(money: Money | None) -> Json | None:
    if money is None:
        return None
    whole = money.amount == money.amount.to_integral_value()
    return {"amount": int(money.amount) if whole else float(money.amount), "currency": money.currency}


def moment(at: Moment | None) -> str | None:
    return None if at is None else at_india(at.at)


def at_india(at: datetime) -> str:
    return at.astimezone(INDIA).isoformat(timespec="seconds")


def day(on: date) -> str:
    return f"{on.isoformat()}T{NO_TIME}"


def _items(facts: OpportunityFacts, domains: Iterable[str]) -> list[Json]:
    """One item: what the tender is for, by the codes of its source and by ours."""
    codes = [{"scheme": CPV, "id": code} for code in facts.classification_codes or ()]
    ours = [{"scheme": DOMAIN_SCHEME, "id": slug} for slug in domains]
    if not codes and not ours:
        return []
    first, *rest = [*codes, *ours]
    return [
        stated(
            id="1", description=facts.product_category, classification=first, additionalClassifications=rest
        )
    ]


def _milestones(facts: OpportunityFacts) -> Iterator[Json]:
    due: Mapping[str, Moment | None] = {
        "documents-from": facts.documents_from,
        "documents-until": facts.documents_until,
        "pre-bid": facts.prebid_at,
        "bid-opening": facts.opening_at,
    }
    for key, at in due.items():
        place = facts.prebid_place if key == "pre-bid" else None
        if at is not None or place:
            yield stated(
                id=key,
                title=_TITLES[key],
                type="engagement" if key == "pre-bid" else "preProcurement",
                description=place,
                dueDate=moment(at),
            )


def _source_terms(said: Publication) -> Json:
    """What the source states and OCDS 1.1 has no field for; the extension that is ours describes it."""
    facts = said.after.facts
    return stated(
        stage=facts.stage and str(facts.stage),
        reference=facts.reference,
        category=None if facts.category in CATEGORIES else facts.category,
        productCategory=facts.product_category,
        contractForm=facts.contract_form,
        scheme=facts.scheme,
        isJointVentureAllowed=facts.is_joint_venture_allowed,
        bidSecurity=amount(facts.bid_security),
        documentFee=amount(facts.document_fee),
        bidValidityDays=facts.bid_validity_days,
        place=stated(
            description=facts.location,
            locality=facts.city,
            region=facts.state and f"IN-{facts.state}",
            postalCode=facts.pincode,
            countryName=IN_INDIA if facts.city or facts.state or facts.pincode else None,
        ),
        unconfirmed=changed_paths(sorted(said.after.unsure)),
    )

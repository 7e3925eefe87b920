"""What releases that another Setu published say in fields that OCDS doesn't have (docs/open-data.md)."""

from __future__ import annotations

from datetime import date

from ingest.reading.draft import NoticeDraft
from ingest.sources.ocds.branch import Branch
from opportunities.parsed_notice import Stage

_WHERE = "tender/sourceTerms"
_WORDS = {
    "reference": "reference",
    "category": "category",
    "product_category": "productCategory",
    "contract_form": "contractForm",
    "scheme": "scheme",
    "bid_validity_days": "bidValidityDays",
    "location": "place/description",
    "city": "place/locality",
    "pincode": "place/postalCode",
}
_AMOUNTS = {"bid_security": "bidSecurity", "document_fee": "documentFee"}
_MOMENTS = {
    "documents-from": "documents_from",
    "documents-until": "documents_until",
    "pre-bid": "prebid_at",
    "bid-opening": "opening_at",
}
_DAYS = {"tender-expected-from": "tender_expected_from", "tender-expected-until": "tender_expected_until"}
_END_OF_DAY = "T23:59:59+05:30"  # how a day is told that is stated without a time


def is_republished(release: Branch) -> bool:
    """Whether it says, as ours do, that it is told again and by whom it was published first."""
    return release.at("republication/isOfficial").value is False


def read_source_terms(release: Branch, draft: NoticeDraft) -> None:
    """Read them before anything else: what they say is nearer to the source than what OCDS has room for."""
    terms = release.at(_WHERE)
    for fact, path in _WORDS.items():
        draft.read(fact, terms.words(path), f"{_WHERE}/{path}")
    for fact, path in _AMOUNTS.items():
        number, currency = terms.words(f"{path}/amount"), terms.words(f"{path}/currency")
        draft.read(fact, f"{currency} {number}" if number else "", f"{_WHERE}/{path}")
    draft.read("state", terms.words("place/region").removeprefix("IN-"), f"{_WHERE}/place/region")
    _read_stage(terms, draft)
    allowed = terms.at("isJointVentureAllowed").value
    if isinstance(allowed, bool):
        where = f"{draft.place}, {_WHERE}/isJointVentureAllowed"
        draft.state("is_joint_venture_allowed", allowed, str(allowed), where)
    _read_chain(release, draft)
    _read_milestones(release, draft)


def day_alone(words: str) -> str:
    """A moment's words without the time, where that only says that none is stated."""
    return words.removesuffix(_END_OF_DAY)


def _read_stage(terms: Branch, draft: NoticeDraft) -> None:
    words, where = terms.words("stage"), f"{_WHERE}/stage"
    if words in {str(stage) for stage in Stage}:
        draft.state("stage", Stage(words), words, f"{draft.place}, {where}")
    elif words:
        draft.doubt("stage", words, f"{draft.place}, {where}", "this isn't a stage we know")


def _read_chain(release: Branch, draft: NoticeDraft) -> None:
    for number, party in enumerate(release.each("parties")):
        levels = [level.value for level in party.each("details/organisationChain")]
        chain = tuple(level for level in levels if isinstance(level, str) and level)
        if chain and "organisation_chain" not in draft.facts:
            where = f"{draft.place}, parties/{number}/details"
            draft.state("organisation_chain", chain, " || ".join(chain), where)


def _read_milestones(release: Branch, draft: NoticeDraft) -> None:
    for path in ("tender/milestones", "planning/milestones"):
        for milestone in release.each(path):
            key, due = milestone.words("id"), milestone.words("dueDate")
            where = f"{path}, {key}"
            if fact := _MOMENTS.get(key):
                draft.read(fact, day_alone(due), where)
            if key == "pre-bid":
                draft.read("prebid_place", milestone.words("description"), where)
            if (fact := _DAYS.get(key)) and due.endswith(_END_OF_DAY):
                _read_day(fact, due, where, draft)


def _read_day(fact: str, due: str, where: str, draft: NoticeDraft) -> None:
    try:
        draft.state(fact, date.fromisoformat(day_alone(due)), due, f"{draft.place}, {where}")
    except ValueError:
        draft.doubt(fact, due, f"{draft.place}, {where}", "this isn't a day")

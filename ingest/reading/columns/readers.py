"""How the cells of each field are read; those of a spreadsheet may hold what a portal's never do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ingest.reading.channel_words import STAGE_WORDS, read_joint_venture, read_period, read_stage_word
from ingest.reading.columns.meaning import amount_in_full, date_in_full
from ingest.reading.columns.plan import DateOrder, Unit
from ingest.reading.facts import READERS, read_fact
from ingest.reading.identifiers import read_days
from ingest.reading.quarters import read_quarter
from ingest.reading.stages import read_stage
from ingest.reading.words import NotUnderstood, says_nothing, tidy
from opportunities.parsed_notice import Stage

AMOUNTS = frozenset({"value", "bid_security", "document_fee"})
DATES = frozenset(
    {
        "published_at",
        "documents_from",
        "documents_until",
        "enquiry_deadline",
        "prebid_at",
        "submission_from",
        "submission_deadline",
        "opening_at",
    }
)
# What a column may be mapped to, in the order a form offers them.
FIELDS = (
    "title",
    "process_id",
    "title_reference_id",
    "reference",
    "description",
    "buyer_name",
    "city",
    "state",
    "location",
    "pincode",
    "organisation_chain",
    "stage",
    "value",
    "bid_security",
    "document_fee",
    "published_at",
    "submission_deadline",
    "opening_at",
    "enquiry_deadline",
    "prebid_at",
    "prebid_place",
    "documents_from",
    "documents_until",
    "submission_from",
    "expected",
    "category",
    "product_category",
    "procurement_method",
    "contract_form",
    "classification_codes",
    "scheme",
    "is_joint_venture_allowed",
    "eligibility",
    "bid_validity_days",
    "period_days",
    "contact",
    "url",
    "publisher",
    "_state",
    "ocid",
    "tag",
    "currency",
)
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+\S*", re.IGNORECASE)
_CHAIN = re.compile(r"\[([^\[\]]*)\]")


def read_cell(
    field: str,
    words: str,
    *,
    unit: Unit = Unit.ONE,
    currency: str = "",
    dates: DateOrder = DateOrder.DAY_FIRST,
) -> Any:
    """What a cell states, or None. Raise NotUnderstood with a reason for a person."""
    if field in AMOUNTS:
        return read_fact(field, amount_in_full(words, unit, currency))
    if field in DATES:
        return read_fact(field, date_in_full(words, dates))
    if says_nothing(words):
        return None
    read = _READERS.get(field)
    return read(words) if read else read_fact(field, words)


def read_any_stage(words: str) -> Stage | None:
    """A portal's word for a stage, or one for what comes before there is a tender."""
    try:
        return read_stage(words)
    except NotUnderstood:
        if not any(pattern.search(words) for _, pattern in STAGE_WORDS):
            raise
        return read_stage_word(words)


def read_any_period(words: str) -> int | None:
    try:
        return read_days(words)
    except NotUnderstood:
        return read_period(words)


def read_address(words: str) -> str:
    plain = tidy(words)
    if not _ADDRESS.fullmatch(plain):
        raise NotUnderstood("this isn't a web address")
    return plain


def read_title_cell(words: str) -> tuple[str, str, str]:
    """Title, reference number and tender ID out of one cell."""
    groups = _CHAIN.findall(tidy(words))
    if len(groups) != 3:
        raise NotUnderstood("this isn't [title][reference number][tender ID]")
    return groups[0], groups[1], groups[2]


_READERS: dict[str, Callable[[str], Any]] = {
    "stage": read_any_stage,
    "period_days": read_any_period,
    "is_joint_venture_allowed": read_joint_venture,
    "expected": read_quarter,
    "url": read_address,
    "title_reference_id": read_title_cell,
}
# Fields whose cells have a shape: whether they can be read says something of a guess.
SHAPED = frozenset(READERS) - {"process_id", "organisation_chain"} | frozenset(_READERS)

"""How the words of each fact are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingest.reading.amounts import read_amount
from ingest.reading.dates import read_moment, read_published
from ingest.reading.identifiers import read_days, read_pincode, read_process_id
from ingest.reading.stages import read_stage
from ingest.reading.words import NotUnderstood, says_nothing, tidy

CHAIN_MARK = "||"


def read_text(words: str) -> str | None:
    """The tidied words; None if they are a way to write that nothing is stated."""
    plain = tidy(words)
    return None if says_nothing(plain) else plain


def read_chain(words: str) -> tuple[str, ...] | None:
    """An organisation chain, from the top body down to the buyer."""
    levels = tuple(level for part in words.split(CHAIN_MARK) if (level := read_text(part)))
    return levels or None


def read_codes(words: str) -> tuple[str, ...] | None:
    """CPV codes: eight digits, with or without the check digit, joined by commas or semicolons."""
    codes = tuple(code for part in words.replace(";", ",").split(",") if (code := read_text(part)))
    if any(not code.split("-")[0].isdigit() or len(code.split("-")[0]) != 8 for code in codes):
        raise NotUnderstood("these aren't CPV codes")
    return codes or None


READERS: dict[str, Callable[[str], Any]] = {
    "process_id": read_process_id,
    "published_at": read_published,
    "organisation_chain": read_chain,
    "classification_codes": read_codes,
    "pincode": read_pincode,
    "stage": read_stage,
    "value": read_amount,
    "bid_security": read_amount,
    "document_fee": read_amount,
    "documents_from": read_moment,
    "documents_until": read_moment,
    "enquiry_deadline": read_moment,
    "prebid_at": read_moment,
    "submission_from": read_moment,
    "submission_deadline": read_moment,
    "opening_at": read_moment,
    "bid_validity_days": read_days,
    "period_days": read_days,
}


def read_fact(field: str, words: str) -> Any:
    """What ``words`` state about ``field``, or None. Raise NotUnderstood with a reason for a person."""
    return READERS.get(field, read_text)(words)

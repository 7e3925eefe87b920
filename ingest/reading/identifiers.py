"""Numbers that name things: processes, post offices, publishers."""

from __future__ import annotations

import re

from ingest.reading.words import NotUnderstood, says_nothing, tidy

# Year, organisation code, number, work item: 2026_NBSC_101_1.
_GEPNIC_ID = re.compile(r"\d{4}_[A-Za-z0-9]+_\d+_\d+")
_PROCESS_ID = re.compile(r"\S{1,100}")
_PINCODE = re.compile(r"([1-9]\d{2})\s?(\d{3})(?:\.0+)?")
_COUNT = re.compile(r"(\d{1,5})(?:\.0+)?(?: days?)?", re.IGNORECASE)
_OCID = re.compile(r"(ocds-[a-z0-9]{6})-(.+)")


def is_gepnic_id(words: str) -> bool:
    """Whether this is a tender ID as every GePNIC portal forms them."""
    return _GEPNIC_ID.fullmatch(words) is not None


def read_process_id(words: str) -> str | None:
    plain = tidy(words)
    if says_nothing(plain):
        return None
    if not _PROCESS_ID.fullmatch(plain):
        raise NotUnderstood("a tender ID is one word of at most 100 letters")
    return plain


def read_pincode(words: str) -> str | None:
    """An Indian postal code: six digits, however a spreadsheet has rounded them (``781006.0``)."""
    plain = tidy(words)
    if says_nothing(plain) or not plain.strip("0."):
        return None
    match = _PINCODE.fullmatch(plain)
    if match is None:
        raise NotUnderstood("an Indian postal code has six digits")
    return match[1] + match[2]


def read_days(words: str) -> int | None:
    """A number of days, also as ``180.0``. Zero is how portals write that none is stated."""
    plain = tidy(words)
    if says_nothing(plain):
        return None
    match = _COUNT.fullmatch(plain)
    if match is None:
        raise NotUnderstood("this isn't a number of days")
    return int(match[1]) or None


def split_ocid(words: str) -> tuple[str, str] | None:
    """An open contracting ID as its publisher's prefix and what the publisher numbers."""
    match = _OCID.fullmatch(tidy(words))
    return (match[1], match[2]) if match else None

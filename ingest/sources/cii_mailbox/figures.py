"""Amounts, dates and quarters in a sentence, told apart by the words before them."""

from __future__ import annotations

import re

from ingest.reading.amounts_in_prose import AMOUNT, AMOUNT_RANGE
from ingest.reading.channel_draft import ChannelDraft
from ingest.reading.quarters import QUARTER
from ingest.sources.cii_mailbox.items import Sentence

_ABOUT = re.compile(r"(?:about|around|approx\.?|approximately|nearly|some|~)\s*$", re.IGNORECASE)
_SPENT = re.compile(r"\b(?:paid|spent|disbursed)\b", re.IGNORECASE)
_AMOUNT_LABELS = (
    ("bid_security", re.compile(r"\bEMD\b|earnest money|bid security", re.IGNORECASE)),
    (
        "document_fee",
        re.compile(r"\b(?:tender|document|bid) fee\b|cost of (?:tender )?documents?", re.IGNORECASE),
    ),
    (
        None,
        re.compile(
            r"turn-?\s?over|net[\s-]?worth|solvency|similar|experience|penalt|savings?|performance"
            r"|(?:completed|executed|implemented) (?:\w+ ){0,5}(?:works?|projects?)",
            re.IGNORECASE,
        ),
    ),
    ("value", re.compile(r"cost|value|outlay|worth|budget|estimate", re.IGNORECASE)),
)
_DATE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?[-/. ]\s?(?:\d{1,2}|[A-Za-z]{3,9})[-/. ,]+\d{4}\b"
    r"(?:(?:,| at| by| up ?to| till)*\s*\d{1,2}[:.]\d{2}"
    r"(?:\s*[ap]\.?m\.?)?(?:\s*(?:hrs?|hours)\.?)?(?:\s*IST)?)?",
    re.IGNORECASE,
)
_DATE_LABELS = (
    ("prebid_at", re.compile(r"pre-?\s?bid", re.IGNORECASE)),
    ("enquiry_deadline", re.compile(r"quer(?:y|ies)|clarification", re.IGNORECASE)),
    ("opening_at", re.compile(r"\bopen(?:ing|ed|s)?\b", re.IGNORECASE)),
    (
        "submission_deadline",
        re.compile(
            r"extended|last date|deadline|due|submi(?:t|ssion)|clos(?:e|es|ing)|bids? (?:by|until)", re.I
        ),
    ),
)
Labels = tuple[tuple[str | None, re.Pattern[str]], ...]


def read_amounts(draft: ChannelDraft, sentence: Sentence, place: str) -> None:
    """Value, EMD and fee. An amount without a word for what it is may be the value: the office is asked."""
    if span := AMOUNT_RANGE.search(sentence.words):
        fact = _nearest(_AMOUNT_LABELS, sentence.words[: span.start()], default="value")
        if fact:
            draft.doubt(fact, sentence.words, place, f"“{span[0].strip()}” is a range, not one amount")
        return
    begins = 0
    for found in AMOUNT.finditer(sentence.words):
        before = sentence.words[begins : found.start()]
        begins = found.end()
        fact = _nearest(_AMOUNT_LABELS, before, default="")
        if fact is None or (not fact and _SPENT.search(sentence.words)):
            continue
        confidence = 0.95 if fact else 0.7
        if _ABOUT.search(before):
            confidence = min(confidence, 0.85)
        draft.read(fact or "value", found[0], place, confidence=confidence, quoting=sentence.words)


def read_moments(draft: ChannelDraft, sentence: Sentence, place: str) -> None:
    begins = 0
    for found in _DATE.finditer(sentence.words):
        fact = _nearest(_DATE_LABELS, sentence.words[begins : found.start()], default=None)
        begins = found.end()
        if fact:
            draft.read(fact, found[0], place, confidence=0.95, quoting=sentence.words)


def read_expected_quarter(draft: ChannelDraft, sentence: Sentence, place: str) -> None:
    if found := QUARTER.search(sentence.words):
        draft.read("expected", found[0], place, confidence=0.9, quoting=sentence.words)


def _nearest(labels: Labels, before: str, *, default: str | None) -> str | None:
    """The fact whose word stands last before an amount or a date."""
    last, fact = -1, default
    for name, pattern in labels:
        for found in pattern.finditer(before):
            if found.start() > last:
                last, fact = found.start(), name
    return fact

"""A certificate to sign bids with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS, BIDDER, number_in_words
from ingest.reading.requirements.records import SURE, UNSURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(r"\bdigital(?:ly)?[\s-]sign\w*|\bDSCs?\b", re.IGNORECASE)
_CLASS = re.compile(
    r"\bclass[\s-]*(?P<class>III|II|3|2)\b(?:[^.;]{0,30}?(?:\bDSC|digital|sign))", re.IGNORECASE
)
_HELD = re.compile(r"\bvalid\b|\bpossess\w*|\bobtain\w*|\bhav(?:e|ing)\b|\bneed\w*", re.IGNORECASE)
# The work itself is about signatures, or DSC is the name of a road
_ELSEWHERE = re.compile(
    r"\b(?:supply|procurement|issuance|purchase"
    r"|renewal)\s+(?:\w+\s+){0,8}(?:digital[\s-]sign|DSC)|\bDSC\s+(?:road|at)\b|\bkm DSC\b",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    if _ELSEWHERE.search(sentence) or not (ASKS.search(sentence) or _HELD.search(sentence)):
        return
    of_class = _CLASS.search(sentence)
    is_bidders = BIDDER.search(sentence) or re.search(
        r"\b(?:bids?|tenders?|e-?tender\w*|portal)\b", sentence, re.IGNORECASE
    )
    yield Asked(
        name=f"Class {number_in_words(of_class['class'])}" if of_class else None,
        confidence=SURE if of_class or is_bidders else UNSURE,
    )


RULE = Rule(RequirementKind.DIGITAL_SIGNATURE, _MENTION, read)

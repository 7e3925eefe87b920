"""Who need not pay or show what others must: small Indian enterprises, Indian start-ups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.records import SURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(r"\bexempt\w*|\bwaive\w*|\brelax(?:ed|ation)\w*", re.IGNORECASE)
_WHO = (
    ("MSE", re.compile(r"\bMSM?Es?\b|\bMSEs?\b|\bNSIC\b|\bUdyam\b|\bmicro (?:and|&) small\b", re.IGNORECASE)),
    ("start-up", re.compile(r"\bstart[\s-]?ups?\b", re.IGNORECASE)),
)
_NONE = re.compile(
    r"\bno (?:\w+ )?(?:exemption|relaxation|waiver)|\bnot (?:be )?exempt|\bexemption\b[^.;]{0,30}\bnot\b",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    is_given = not _NONE.search(sentence)
    for name, who in _WHO:
        if who.search(sentence):
            yield Asked(name=name, is_allowed=is_given, confidence=SURE)


RULE = Rule(RequirementKind.EXEMPTION, _MENTION, read)

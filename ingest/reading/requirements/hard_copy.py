"""Paper that must reach the buyer as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS
from ingest.reading.requirements.records import SURE, UNSURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(
    r"\bhard[\s-]?cop(?:y|ies)\b|\bphysical(?:ly)? (?:cop(?:y|ies)|submi\w+|form|mode|bids?)\b"
    r"|\bin (?:a )?sealed (?:cover|envelope)s?\b",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\bno (?:hard|physical)|\bhard[\s-]?cop(?:y|ies)\b[^.;]{0,40}\bnot\b|\bnot (?:be )?(?:required"
    r"|accepted|entertained)[^.;]{0,40}\b(?:hard|physical)"
    r"|\bphysical\b[^.;]{0,40}\bnot (?:be )?(?:accepted|required|entertained|allowed)|\bneed not\b",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(
    r"\bsubmi\w+|\bsent\b|\bsend\b|\breach\w*|\bdeposit\w*|\bcourier\b|\bpost\b|\bdeliver\w*|\bfurnish\w*",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    if _NOT_NEEDED.search(sentence) or not _HANDED_IN.search(sentence):
        return
    yield Asked(confidence=SURE if ASKS.search(sentence) or re.search(r"\bto be\b", sentence) else UNSURE)


RULE = Rule(RequirementKind.HARD_COPY, _MENTION, read)

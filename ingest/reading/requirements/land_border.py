"""Bidders from countries that share a land border with India (rule 144(xi) of the GFR)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.records import SURE, UNSURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(r"\bland[\s-]borders?\b|\b144\s*\(\s*xi\s*\)", re.IGNORECASE)
_SHARED = re.compile(
    r"\bshar(?:es?|ing)\b[^.;]{0,30}\bland[\s-]border|\bbordering\b|144\s*\(\s*xi\s*\)", re.IGNORECASE
)
_REGISTERED = re.compile(r"\bregist\w+\b|\bcompetent authority\b", re.IGNORECASE)
_BARRED = re.compile(
    r"\bnot (?:be )?(?:eligible|allowed|permitted|considered)|\bbarred\b|\brejected\b", re.IGNORECASE
)


def read(sentence: str) -> Iterator[Asked]:
    if not _SHARED.search(sentence):
        return
    if _REGISTERED.search(sentence):
        yield Asked(name="registration with the competent authority", confidence=SURE)
    elif _BARRED.search(sentence):
        yield Asked(is_allowed=False, confidence=SURE)
    else:
        yield Asked(confidence=UNSURE)


RULE = Rule(RequirementKind.LAND_BORDER, _MENTION, read)

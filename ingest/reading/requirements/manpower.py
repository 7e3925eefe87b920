"""People whom a bidder must have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS, BIDDER, NUMBER, number_in_words
from ingest.reading.requirements.records import STATED, SURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_ROLE = (
    r"(?:team leader|project (?:manager|director|leader)|(?:\w+ )?engineers?|experts?"
    r"|(?:key )?personnel|professionals?"
    r"|(?:technical |qualified |trained )?staff|employees|manpower|architects?|resources"
    r"|technicians?|specialists?)"
)
PEOPLE = re.compile(rf"\b{_ROLE}\b", re.IGNORECASE)
_MENTION = PEOPLE
_EMPLOYED = re.compile(
    r"\b(?:on (?:its|their|the) (?:pay-?\s?rolls?|rolls?)|pay-?\s?roll|full[- ]time|employed)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:at ?least|minimum(?: of)?|not less than|no less than|min\.)\s+(?P<count>{NUMBER}"
    rf"|\d{{1,3}}(?:,\d{{3}})+)\s+"
    rf"(?:[\w-]+\s+){{0,4}}?(?P<role>{_ROLE})\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"\b(?P<role>{_ROLE})\b[^.;]{{0,60}}?\b(?P<years>{NUMBER})\s*\+?\s*(?:years"
    rf"|yrs)\b[^.;]{{0,30}}experience",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    if not ASKS.search(sentence):
        return
    if led := _YEARS.search(sentence):
        yield Asked(name=led["role"].casefold(), years=number_in_words(led["years"]), confidence=SURE)
        return
    has_some, is_employed = _COUNT.search(sentence), bool(_EMPLOYED.search(sentence))
    if has_some and (is_employed or BIDDER.search(sentence)):
        count = number_in_words(has_some["count"].replace(",", ""))
        confidence = SURE if is_employed else STATED
        yield Asked(count=count, name=has_some["role"].casefold(), confidence=confidence)


RULE = Rule(RequirementKind.MANPOWER, _MENTION, read)

"""Where a bidder must be registered: with the tax office, as a contractor of some class."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS, BIDDER
from ingest.reading.requirements.records import SURE, UNSURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(
    r"\bGST(?:IN)?\b|\bPAN\b|\bEPFO?\b|\bESIC?\b|\bregistered\b|\bregistration\b|\benlist\w+\b"
    r"|\bcontractors?\b|\bCompanies Act\b",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"\bclass[\s-]*['“\"]?(?P<class>I{1,3}|IV|V|[1-5]|A{1,3}|[SBCD]|super)"
    r"(?:[\s-]*\(?(?P<part>[A-C])\)?)?['”\"]?(?:\s*\(?(?P<above>and|or) above\)?)?"
    r"(?![\w-]|\.\d)(?P<rest>[^.;]{0,40})",
    re.IGNORECASE,
)
# The class is a contractor's: "class I contractors", "contractors registered in class I"
_AHEAD = re.compile(r"\s*(?:\w+\s+){0,2}contractors?\b", re.IGNORECASE)
_BEHIND = re.compile(
    r"\bcontractors?\b(?:\s+\w+){0,4}\s+(?:of|in|under|as|category)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_PAPERS = (
    ("GST", re.compile(r"\bGST(?:IN)?\b(?=[^.;]{0,60}\b(?:regist\w+|number|no\b|certificate"
        r"|mandatory))|regist\w+[^.;]{0,60}\bGST(?:IN)?\b")),
    ("PAN", re.compile(r"\bPAN\b(?=[^.;]{0,40}\b(?:card|number|no\b|copy|GST|mandatory|required"
        r"|TAN))|\bGST(?:IN)?\b[^.;]{0,50}\bPAN\b(?! India)")),
    ("EPF", re.compile(r"\b(?:EPFO?|Provident Fund)\b(?=[^.;]{0,60}\b(?:regist|certificate|number"
        r"|code|ESIC?))|regist[^.;]{0,60}\bEPFO?\b")),
    ("ESI", re.compile(r"\bESIC?\b(?=[^.;]{0,60}\b(?:regist|certificate|number|code))"
        r"|\b(?:regist\w+|EPFO?)\b[^.;]{0,50}\bESIC?\b")),
    ("Companies Act", re.compile(r"(?:registered|incorporated)\b[^.;]{0,50}\bCompanies Act", re.IGNORECASE)),
)  # fmt: skip
_PRICE = re.compile(
    r"\b(?:inclusive|exclusive|excluding|including|plus|extra|applicable)\b[^.;]{0,20}\bGST\b"
    r"|\bGST\b[^.;]{0,20}\b(?:extra|applicable|payable|@|will be paid)|\d\s*%\s*GST",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    is_asked = bool(
        ASKS.search(sentence)
        or re.search(r"\b(?:valid|having|possess\w*|registered)\b", sentence, re.IGNORECASE)
    )
    if not is_asked:
        return
    confidence = SURE if ASKS.search(sentence) and BIDDER.search(sentence) else UNSURE
    if not _PRICE.search(sentence):
        for name, pattern in _PAPERS:
            if pattern.search(sentence) and (BIDDER.search(sentence) or ASKS.search(sentence)):
                yield Asked(name=name, confidence=confidence)
    yield from _contractor_class(sentence, confidence)


def _contractor_class(sentence: str, confidence: float) -> Iterator[Asked]:
    if not re.search(r"\bcontractors?\b", sentence, re.IGNORECASE):
        return
    for found in _CLASS.finditer(sentence):
        if not (_AHEAD.match(found["rest"]) or _BEHIND.search(sentence[: found.start()])):
            continue
        part = f"-{found['part'].upper()}" if found["part"] else ""
        above = " and above" if found["above"] else ""
        yield Asked(name=f"contractor class {found['class'].upper()}{part}{above}", confidence=confidence)
        return


RULE = Rule(RequirementKind.REGISTRATION, _MENTION, read)

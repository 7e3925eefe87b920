"""How much of a product must be made in India (the PPP-MII order)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS, share_in
from ingest.reading.requirements.records import STATED, SURE, UNSURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(
    r"\blocal content\b|\bmake[\s-]in[\s-]india\b|\bPPP[\s-]?MII\b|\blocal suppliers?\b"
    r"|\blocal value addition\b",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"\bclass[\s-]*['“\"]?(?P<class>II|I|2|1)\b['”\"]?(?!\s*(?:DSC|digital|contractor))", re.IGNORECASE
)
_ORDER = re.compile(
    r"\b(?:order|polic(?:y|ies)|preference|guidelines?|DPIIT|applicable|apply|applies)\b", re.IGNORECASE
)
# Content that people read, and shows about the campaign
_ELSEWHERE = re.compile(
    r"local content (?:creation|for the|creators?|in (?:hindi|marathi|tamil))|make in india (?:week"
    r"|pavilion|exhibition|expo|logo|lion)",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    if _ELSEWHERE.search(sentence):
        return
    classes = {"I" if found["class"] in ("1", "I", "i") else "II" for found in _CLASS.finditer(sentence)}
    share = share_in(sentence)
    name = f"Class-{' or Class-'.join(sorted(classes))} local supplier" if classes else None
    if name or share is not None:
        yield Asked(share=share, name=name, confidence=SURE if ASKS.search(sentence) or name else UNSURE)
    elif _ORDER.search(sentence):
        yield Asked(name="PPP-MII preference", confidence=STATED)
    elif ASKS.search(sentence):
        yield Asked(confidence=UNSURE)


RULE = Rule(RequirementKind.LOCAL_CONTENT, _MENTION, read)

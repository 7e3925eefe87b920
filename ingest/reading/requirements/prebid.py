"""The meeting before bids are due, and where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.records import SURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(r"\bpre[\s-]?bid (?:meeting|conference)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?i:pre)[\s-]?bid (?:meeting|conference)\b.*?(?:\b(?:at|in|venue\s*:?)|@)\s+(?P<place>(?:the "
    r"|its )?(?:[A-Z][^.;]{3,120}"
    r"|(?:office|conference hall|chamber|board ?room|committee room)[^.;]{3,120}))",
)
_VIRTUAL = re.compile(
    r"\b(?:online|video[\s-]?conferenc\w*|virtual(?:ly)?|MS Teams|Webex|Zoom)\b", re.IGNORECASE
)
_WHEN = re.compile(r"\s*(?:,|\bon|\bat)\s+(?=\d).*$")


def prebid_place(sentence: str) -> str | None:
    """Where the meeting is, as the sentence words it."""
    found = _PLACE.search(sentence)
    place = _WHEN.sub("", found["place"]).strip(" .,;") if found else ""
    if place:
        return place
    virtual = _VIRTUAL.search(sentence) if _MENTION.search(sentence) else None
    return virtual[0] if virtual else None


def read(sentence: str) -> Iterator[Asked]:
    yield Asked(name=prebid_place(sentence), confidence=SURE)


RULE = Rule(RequirementKind.PREBID, _MENTION, read)

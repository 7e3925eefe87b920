"""What a bidder must have done before: for how long, or which works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.reading.requirements.figures import ASKS, BIDDER, NUMBER, number_in_words
from ingest.reading.requirements.manpower import PEOPLE
from ingest.reading.requirements.records import STATED, SURE, UNSURE, Asked, Rule
from ingest.reading.requirements.similar_works import SIMILAR, works_in
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(
    r"\bexperienced?\b|\bsimilar\b|\bin the business\b|\b(?:executed|completed|implemented|commissioned)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"\b(?P<before>{NUMBER})\s*\+?\s*(?:years?|yrs?\.?)['’]?\s*(?:of\s+"
    rf"|in\s+)?(?:[\w-]+\s+){{0,4}}?experience"
    rf"|\bexperience\b[^.;]{{0,60}}?\b(?P<after>{NUMBER})\s*\+?\s*(?:years?|yrs?\b)"
    rf"|\bin (?:the )?(?:business|trade|operation)\b[^.;]{{0,40}}?\b(?P<trade>{NUMBER})\s+years",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:last|past|preceding|previous|within)\s+$", re.IGNORECASE)
# Experience that is no bidder's: the work is to improve it, or learns from it
_ELSEWHERE = re.compile(
    r"\b(?:user|passenger|commuter|visitor|tourist|citizen|customer|learning|immersive"
    r"|virtual)s?['’]?\s+experience"
    r"|experience (?:cent(?:re|er)|zone|shows)|experienced? (?:delays?|flood\w*|traffic)",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:should|shall|must|have to|has to|having|possess\w*|with)\b[^.;]{0,80}\bexperienced?\b"
    r"|^Required of the bidder: [^.;]{0,80}\b(?:experienced?|similar)\b"
    r"|\bexperience\b[^.;]{0,80}\b(?:required|mandatory|essential|necessary|shall|must|should)\b",
    re.IGNORECASE,
)
_DONE_BY_US = re.compile(
    r"\b(?:is|are|be|was|were|being|has been|have been)\s+(?:successfully )?(?:completed|executed"
    r"|implemented|commissioned)\b",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    if _ELSEWHERE.search(sentence):
        return
    asks = bool(ASKS.search(sentence))
    of_bidder = bool(BIDDER.search(sentence))
    of_people = bool(PEOPLE.search(sentence))
    years = None if of_people else _years_in(sentence)
    works = list(works_in(sentence)) if _may_ask_for_works(sentence) else []
    if years is not None:
        yield Asked(years=years, confidence=SURE if asks or of_bidder else UNSURE)
    # Nobody offers a choice of shares but to ask for one of them.
    is_asked = asks or sum(one.share is not None for one in works) > 1
    for one in works:
        yield replace(one, confidence=SURE if is_asked else STATED if of_bidder else UNSURE)
    if years is None and not works and of_bidder and not of_people and _ASKED_FOR.search(sentence):
        yield Asked(confidence=STATED)


def _years_in(sentence: str) -> int | None:
    """For how long; not since when: "in the last seven years"."""
    for found in _YEARS.finditer(sentence):
        number = found["before"] or found["after"] or found["trade"]
        start = found.start("before" if found["before"] else "after" if found["after"] else "trade")
        if not _SINCE.search(sentence[:start]):
            return number_in_words(number)
    return None


def _may_ask_for_works(sentence: str) -> bool:
    """Whether the works are the bidder's: neither this tender's own, nor ones that somebody reports of."""
    if not SIMILAR.search(sentence) or (
        _DONE_BY_US.search(sentence) and "similar" not in sentence.casefold()
    ):
        return False
    return bool(ASKS.search(sentence) or BIDDER.search(sentence)) or "similar" in sentence.casefold()


RULE = Rule(RequirementKind.EXPERIENCE, _MENTION, read)

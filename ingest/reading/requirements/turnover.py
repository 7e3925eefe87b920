"""What a bidder must have turned over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS, BIDDER, amount_in, said_of, share_in, years_counted
from ingest.reading.requirements.records import STATED, SURE, UNSURE, Asked, Rule
from ingest.reading.words import NotUnderstood
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(r"\bturn-?\s?overs?\b(?! tax)", re.IGNORECASE)
_MONEY = re.compile(
    r"\b(?:annual|average|avg\.?|aggregate|financial|minimum|sales|business"
    r"|gross)\s+(?:\w+\s+){0,2}turn-?\s?over"
    r"|turn-?\s?over (?:of|for|from|in|during|should|shall|must|is|not|:|-|≥)"
    r"|turn-?\s?over\s*:",
    re.IGNORECASE,
)
# What else turns over
_ELSEWHERE = re.compile(
    r"turn-?\s?over (?:of|in|rate of) (?:the )?(?:\w+ ){0,2}(?:fleet|bus(?:es)?|staff|employees?|passengers?"
    r"|beds?|parking|vehicles?|tenants?|stock)|(?:staff|employee|inventory|stock|parking|bed|air"
    r"|water) turn-?\s?over",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"turn-?\s?over[^:.]{0,40}:\s", re.IGNORECASE)


def read(sentence: str) -> Iterator[Asked]:
    if _ELSEWHERE.search(sentence) or not _MONEY.search(sentence):
        return
    about = said_of(_MENTION, sentence)
    amount, share = amount_in(about), share_in(about)
    asks = bool(ASKS.search(sentence))
    if amount is None and share is None:
        if asks and BIDDER.search(sentence):
            raise NotUnderstood("this asks for a turnover, but not for how much")
        return
    confidence = SURE if asks else STATED if _LABELLED.search(sentence) or BIDDER.search(sentence) else UNSURE
    yield Asked(amount=amount, share=share, years=years_counted(sentence), confidence=confidence)


RULE = Rule(RequirementKind.TURNOVER, _MENTION, read)

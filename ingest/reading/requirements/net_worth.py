"""What a bidder must be worth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS, BIDDER, amount_in, said_of, share_in, years_counted
from ingest.reading.requirements.records import SURE, UNSURE, Asked, Rule
from ingest.reading.words import NotUnderstood
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(r"\bnet[\s-]?worth\b", re.IGNORECASE)
_POSITIVE = re.compile(r"positive\s+net[\s-]?worth|net[\s-]?worth\b[^.;,]{0,40}\bpositive", re.IGNORECASE)


def read(sentence: str) -> Iterator[Asked]:
    about = said_of(_MENTION, sentence)
    amount, share = amount_in(about), share_in(about)
    is_asked = bool(ASKS.search(sentence) or BIDDER.search(sentence))
    confidence = SURE if is_asked else UNSURE
    if amount is not None or share is not None:
        yield Asked(amount=amount, share=share, years=years_counted(about), confidence=confidence)
    elif _POSITIVE.search(sentence):
        yield Asked(name="positive", years=years_counted(sentence), confidence=confidence)
    elif ASKS.search(sentence) and BIDDER.search(sentence):
        raise NotUnderstood("this asks for a net worth, but not for how much")


RULE = Rule(RequirementKind.NET_WORTH, _MENTION, read)

"""What a bank must vouch for a bidder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import ASKS, BIDDER, amount_in, said_of, share_in
from ingest.reading.requirements.records import SURE, UNSURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(r"\bsolvency\b", re.IGNORECASE)


def read(sentence: str) -> Iterator[Asked]:
    about = said_of(_MENTION, sentence)
    amount, share = amount_in(about), share_in(about)
    is_asked = bool(ASKS.search(sentence) or BIDDER.search(sentence))
    if amount is not None or share is not None:
        yield Asked(amount=amount, share=share, confidence=SURE if is_asked else UNSURE)
    elif is_asked and re.search(r"certificate", sentence, re.IGNORECASE):
        yield Asked(name="certificate", confidence=UNSURE)


RULE = Rule(RequirementKind.SOLVENCY, _MENTION, read)

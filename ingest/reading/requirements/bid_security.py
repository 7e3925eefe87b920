"""Money at stake with the bid (EMD)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import amount_in, said_of, share_in
from ingest.reading.requirements.records import SURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(r"\bEMD\b|\bearnest money\b|\bbid[\s-]securit(?:y|ies)\b", re.IGNORECASE)
_DECLARED = re.compile(r"\b(?:bid[\s-]securit\w+|EMD) declaration", re.IGNORECASE)


def read(sentence: str) -> Iterator[Asked]:
    about = said_of(_MENTION, sentence)
    if _DECLARED.search(sentence):
        yield Asked(name="declaration", confidence=SURE)
    elif (amount := amount_in(about)) is not None:
        yield Asked(amount=amount, confidence=SURE)
    elif (share := share_in(about)) is not None:
        yield Asked(share=share, confidence=SURE)


RULE = Rule(RequirementKind.BID_SECURITY, _MENTION, read)

"""What the tender documents, or taking part, cost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.reading.requirements.figures import amount_in, said_of
from ingest.reading.requirements.records import SURE, Asked, Rule
from opportunities.parsed_notice import RequirementKind

_MENTION = re.compile(
    r"\b(?:tender|document|bid|processing|RFP|tender document)[\s-]fees?\b"
    r"|\bcost of (?:the )?(?:tender|bid|RFP|bidding) documents?\b"
    r"|\b(?:tender|bid|RFP) document (?:cost|price)\b",
    re.IGNORECASE,
)


def read(sentence: str) -> Iterator[Asked]:
    if (amount := amount_in(said_of(_MENTION, sentence))) is not None:
        yield Asked(amount=amount, confidence=SURE)


RULE = Rule(RequirementKind.DOCUMENT_FEE, _MENTION, read)

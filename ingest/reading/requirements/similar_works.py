"""Works that a bidder must have done before: so many, each worth so much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.reading.amounts import read_amount
from ingest.reading.amounts_in_prose import AMOUNT
from ingest.reading.requirements.figures import NUMBER, PERCENT, number_in_words
from ingest.reading.requirements.records import Asked

SIMILAR = re.compile(
    r"\bsimilar(?:ly)?\b(?:\s+[\w/-]+){0,4}?\s+(?:works?|projects?|assignments?|services?"
    r"|contracts?|orders?|suppl(?:y|ies)"
    r"|nature|jobs?|installations?)"
    r"|\b(?:executed|completed|implemented|commissioned)\b(?:\s+[\w/()-]+){0,8}?\s+(?:works?"
    r"|projects?|assignments?"
    r"|contracts?|orders?|systems?|installations?)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?P<count>{NUMBER})(?=\s*(?:x|×|nos?\b\.?|of\b|similar|such|(?:successfully )?completed"
    rf"|works?\b|projects?\b"
    r"|assignments?\b|orders?\b|contracts?\b|smart|ICCC|command|[\w-]+ (?:similar|works?|projects?)\b))"
    r"(?!\s*(?:%|per ?cent|years?|crores?|lakhs?|of the (?:last|following)))",
    re.IGNORECASE,
)
_VALUE = re.compile(rf"{PERCENT.pattern}|(?P<amount>{AMOUNT.pattern})", re.IGNORECASE)


def works_in(sentence: str) -> Iterator[Asked]:
    """Each combination that a sentence accepts: one work of 80 %, two of 60 %, three of 40 %."""
    if not SIMILAR.search(sentence):
        return
    begins = 0
    found_any = False
    for value in _VALUE.finditer(sentence):
        counts = list(_COUNT.finditer(sentence, begins, value.start()))
        begins = value.end()
        if not counts:
            continue
        found_any = True
        count = number_in_words(counts[-1]["count"])
        if value["amount"]:
            yield Asked(count=count, amount=read_amount(value["amount"]))
        else:
            yield Asked(count=count, share=Decimal(value[1]) / 100)
    if not found_any:
        yield from _without_value(sentence)


def _without_value(sentence: str) -> Iterator[Asked]:
    similar = SIMILAR.search(sentence)
    counts = list(_COUNT.finditer(sentence))
    amounts = list(AMOUNT.finditer(sentence))
    if counts:
        yield Asked(count=number_in_words(counts[0]["count"]))
    elif similar and amounts:
        yield Asked(amount=read_amount(amounts[0][0]))

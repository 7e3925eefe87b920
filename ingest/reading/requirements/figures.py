"""Amounts, shares, years and counts in a sentence that asks for something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.reading.amounts import read_amount
from ingest.reading.amounts_in_prose import AMOUNT, AMOUNT_RANGE
from ingest.reading.words import NotUnderstood
from portal.lib.money import Money

ASKS = re.compile(
    r"\b(?:shall|must|should|(?:have|has|needs?|required) to|requir\w+|mandatory|minimum|min\.|at ?least"
    r"|(?:not|no) (?:be )?less than|not (?:be )?below|eligib\w+|qualif\w+|criteri\w+|only)\b|≥",
    re.IGNORECASE,
)
# Whom a tender asks something of
BIDDER = re.compile(
    r"\b(?:(?:sole )?bidders?|tenderers?|applicants?|consultants?|contractors?|agenc(?:y|ies)|firms?|vendors?"
    r"|suppliers?|compan(?:y|ies)|OEMs?|lead (?:member|partner)s?|participants?|system integrator|SI|MSI)\b",
    re.IGNORECASE,
)
_WORDS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
} | {"single": 1, "a": 1, "fifteen": 15, "twenty": 20, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_SPELLED = "one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty"
NUMBER = rf"(?:\d{{1,3}}|{_SPELLED}|single)(?:\s*\(\s*(?:\d{{1,3}}|{_SPELLED})\s*\))?"
PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s*(?:%|per ?cent\b)", re.IGNORECASE)
_PERIOD = re.compile(
    rf"\b(?:last|past|preceding|previous)\s+(?P<years>{NUMBER})\s+"
    r"(?:(?:consecutive|completed|audited|immediate|preceding|financial|fiscal)\s+)*(?:years?\b|FYs?\b|F\.Y)"
    rf"|\b(?P<each>{NUMBER})\s+(?:consecutive|preceding|previous|audited)\s+(?:financial "
    rf"|fiscal )?(?:years?\b|FYs?\b)",
    re.IGNORECASE,
)


def number_in_words(words: str) -> int:
    """``three (3)``, ``03`` or ``III`` as a number."""
    first = re.split(r"[\s(]", words.strip().casefold(), maxsplit=1)[0]
    return int(first) if first.isdigit() else _WORDS[first]


def years_counted(sentence: str) -> int | None:
    """Over how many years: ``in each of the last three financial years``."""
    found = _PERIOD.search(sentence)
    return number_in_words(found["years"] or found["each"]) if found else None


def share_in(words: str) -> Decimal | None:
    """``30 %`` as 0.3."""
    found = PERCENT.search(words)
    return Decimal(found[1]) / 100 if found else None


def amount_in(words: str) -> Money | None:
    """The first amount. Raise NotUnderstood for a range, which is none."""
    found = AMOUNT.search(words)
    if found is None:
        return None
    span = AMOUNT_RANGE.search(words)
    if span and span.start() <= found.start() < span.end():
        raise NotUnderstood(f"“{span[0].strip()}” is a range, not one amount")
    return read_amount(found[0])


# What an amount in the same sentence may belong to instead
_OTHER_TOPICS = re.compile(
    r"\b(?:turn-?\s?over|net ?-?worth|solvency|EMD|earnest money|bid security|similar|experience"
    r"|(?:tender|document|bid|processing) fee|estimated (?:cost|value)|project cost|performance)\b",
    re.IGNORECASE,
)


def said_of(mention: re.Pattern[str], sentence: str) -> str:
    """The part of a sentence that speaks of what ``mention`` finds, up to where it turns to another topic.

    A figure may also stand ahead: "Rs. 5 crore of average annual turnover".
    """
    found = mention.search(sentence)
    if found is None:
        return sentence
    end = next(
        # What comes once more under its own word is still about it.
        (start for start in _turns(sentence, found.end()) if not mention.match(sentence, start)),
        len(sentence),
    )
    after = sentence[found.end() : end]
    has_figure = AMOUNT.search(after) or PERCENT.search(after)
    # A figure ahead belongs to what was spoken of before, if anything was.
    if has_figure or next(_turns(sentence, 0), found.start()) < found.start():
        return after
    return sentence[:end]


def _turns(sentence: str, start: int) -> Iterator[int]:
    """Where a sentence turns to another topic. "30 % of the estimated cost" doesn't."""
    for other in _OTHER_TOPICS.finditer(sentence, start):
        if not other[0].casefold().startswith(("estimated", "project")):
            yield other.start()

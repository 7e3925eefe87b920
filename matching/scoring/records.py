"""What the scorer reads and what it says. Frozen records, so that it can be replaced without its callers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Wanted:
    """A capability profile, as the scorer reads it."""

    language: str  # sv or en: the language of the texts
    summary: str = ""
    capabilities: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()  # slugs of solution domains
    classification_codes: tuple[str, ...] = ()  # CPV
    value_from_inr: Decimal | None = None
    value_to_inr: Decimal | None = None
    states: tuple[str, ...] = ()
    is_joint_venture_willing: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """An opportunity, as the scorer reads it."""

    title: str
    description: str = ""
    buyer_name: str = ""
    category: str = ""  # Works, Goods, Services
    product_category: str = ""
    classification_codes: tuple[str, ...] = ()
    value_inr: Decimal | None = None
    state: str = ""
    city: str = ""
    submission_deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class TermCounts:
    """In how many of ``documents`` opportunities each word stem occurs."""

    documents: int
    frequencies: Mapping[str, int]


NO_COUNTS = TermCounts(0, {})


class Verdict(StrEnum):
    FITS = "fits"
    GAP = "gap"
    UNKNOWN = "unknown"  # the notice doesn't say


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of what a part rests on."""

    offered: str  # words of the tender, found there letter by letter; "" where the part is about a fact
    wanted: str  # words of the profile, likewise
    bridge: str = ""  # what links them where the words differ: the concept's slug, or the English word
    kind: str = "word"  # "concept", "narrower", "broader", "word", "lexicon", "cognate", "code", "meaning"


@dataclass(frozen=True, slots=True)
class Part:
    """One rule's share of the score. The template words it, in Swedish or English."""

    rule: str  # "domain", "words", "meaning", "value_band", "place", "earlier_work"
    points: int  # may be negative
    most: int  # what the rule gives at best
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    # What the template needs to word it: a value, a band, a state, as plain text.
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """0–100, and the parts it is the sum of."""

    points: int
    parts: tuple[Part, ...]
    calibration: str = ""  # by which the points came about; see calibration.py

"""What a rule makes of one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from opportunities.parsed_notice import Requirement, RequirementKind
from portal.lib.money import Money

# How sure a rule is: of a figure beside its word in a sentence that asks for it; of one that is merely
# stated; of a sentence that may well mean something else. Only the last is below CONFIDENT.
SURE, STATED, UNSURE = 0.95, 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a sentence asks for. See Requirement for what each field means."""

    amount: Money | None = None
    share: Decimal | None = None
    years: int | None = None
    count: int | None = None
    name: str | None = None
    is_allowed: bool | None = None
    confidence: float = SURE

    def requirement(self, kind: RequirementKind, sentence: str, place: str) -> Requirement:
        return Requirement(
            kind=kind,
            sentence=sentence,
            place=place,
            amount=self.amount,
            share=self.share,
            years=self.years,
            count=self.count,
            name=self.name,
            is_allowed=self.is_allowed,
            confidence=self.confidence,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of requirement is read.

    ``read`` is only asked about sentences in which ``mention`` occurs. It yields what the sentence asks for,
    nothing if it only uses the word, and raises NotUnderstood if it asks and can't be read.
    """

    kind: RequirementKind
    mention: re.Pattern[str]
    read: Callable[[str], Iterable[Asked]]

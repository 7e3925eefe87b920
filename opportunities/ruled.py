"""What the office decided about readings, applied to the notices that hold them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from opportunities.compile import FACT_NAMES
from opportunities.parsed_notice import ParsedNotice, Requirement


@dataclass(frozen=True, slots=True)
class RuledFact:
    """That a fact which reads ``read`` says ``value``, None for nothing. ``read`` None: not readable."""

    notice_id: str
    field: str
    read: Any
    value: Any

    def concerns(self, notice: ParsedNotice) -> bool:
        stated = getattr(notice.facts, self.field)
        if self.read is None:
            return stated is None and notice.notice_id == self.notice_id
        return bool(stated == self.read)


@dataclass(frozen=True, slots=True)
class RuledRequirement:
    """That a requirement which reads ``read`` is ``value``; None for nothing, as above."""

    notice_id: str
    read: Requirement | None
    value: Requirement | None

    def concerns(self, asked: Requirement) -> bool:
        return self.read is not None and (self.read.sentence, self.read.said) == (asked.sentence, asked.said)


Ruled = RuledFact | RuledRequirement


def as_ruled(notice: ParsedNotice, rulings: Sequence[Ruled]) -> ParsedNotice:
    """The notice as the office reads it. Of several rulings about one reading the last stands."""
    if not rulings:
        return notice
    facts = {
        ruling.field: ruling.value
        for ruling in rulings
        if isinstance(ruling, RuledFact) and ruling.field in FACT_NAMES and ruling.concerns(notice)
    }
    return replace(
        notice,
        facts=replace(notice.facts, **facts),
        unsure=notice.unsure - facts.keys(),
        requirements=tuple(_requirements(notice, [r for r in rulings if isinstance(r, RuledRequirement)])),
    )


def _requirements(notice: ParsedNotice, rulings: Sequence[RuledRequirement]) -> Iterable[Requirement]:
    for asked in notice.requirements:
        about = [ruling.value for ruling in rulings if ruling.concerns(asked)]
        if not about:
            yield asked
        elif about[-1] is not None:
            yield replace(about[-1], place=asked.place, confidence=1.0)
    for ruling in rulings:
        if ruling.read is None and ruling.value is not None and ruling.notice_id == notice.notice_id:
            yield replace(ruling.value, confidence=1.0)

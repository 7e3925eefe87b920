"""Rows of a table as a person sees them before they are recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opportunities.parsed_notice import Doubt, Moment, OpportunityFacts, ParsedNotice, Unreadable
from portal.dashboards.facts import Fact, FactKind, record

_COLUMN = re.compile(r", (?:column [A-Z]+ )?“")  # where an origin goes on from the row to its column


@dataclass(frozen=True, slots=True)
class PreviewRow:
    place: str
    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...]
    reason: str  # why it is no notice; "" if it is one
    is_early: bool


class _Read:
    """A parsed notice as ``record`` looks at an opportunity."""

    def __init__(self, facts: OpportunityFacts) -> None:
        self._facts = facts
        self.unsure: frozenset[str] = frozenset()

    @property
    def is_early_stage(self) -> bool:
        return self._facts.tender_expected_from is not None

    def moment(self, name: str) -> Moment | None:
        moment: Moment | None = getattr(self._facts, name)
        return moment

    def __getattr__(self, name: str) -> Any:
        return getattr(self._facts, name)


def preview_rows(rows: Iterable[ParsedNotice | Unreadable]) -> list[PreviewRow]:
    return [_row(row) for row in rows]


def _row(row: ParsedNotice | Unreadable) -> PreviewRow:
    if isinstance(row, Unreadable):
        return PreviewRow(row.place, (), (), row.reason, is_early=False)
    place = next((_COLUMN.split(origin.place)[0] for origin in row.origins), "")
    facts = [Fact("process_id", FactKind.PLAIN, row.process_id, None), *record(_Read(row.facts), {})]
    if row.published_at is not None:
        facts.append(Fact("published_at", FactKind.MOMENT, Moment(row.published_at), None))
    return PreviewRow(place, tuple(facts), row.doubts, "", is_early=row.kind == "planning")

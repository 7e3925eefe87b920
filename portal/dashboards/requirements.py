"""What an opportunity asks for, a line for each sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.selectors import source_names
from opportunities.parsed_notice import RequirementKind
from opportunities.selectors import requirements_of

_ORDER = {kind: number for number, kind in enumerate(RequirementKind)}


@dataclass(slots=True)
class AskedFor:
    """What one sentence asks for of one kind. Of several works any one combination is enough."""

    kind: str
    sentence: str
    place: str
    source_name: str
    is_sure: bool
    requirements: list[Any] = field(default_factory=list)  # rows of opportunities, which pages don't import

    @property
    def is_choice(self) -> bool:
        return self.kind == RequirementKind.EXPERIENCE


def asked_for_by(opportunity_id: int) -> list[AskedFor]:
    """What an opportunity asks for. The caller has been through the door for it."""
    rows = requirements_of(opportunity_id)
    return asked_for(rows, source_names({row.notice_id for row in rows}))


def asked_for(rows: Iterable[Any], source_names: Mapping[int, str]) -> list[AskedFor]:
    """Rows of one kind and sentence together, in the order in which a company looks at them."""
    lines: dict[tuple[str, str], AskedFor] = {}
    for row in rows:
        line = lines.setdefault(
            (row.kind, row.sentence),
            AskedFor(
                row.kind, row.sentence, row.place, source_names.get(row.notice_id, ""), is_sure=row.is_sure
            ),
        )
        line.requirements.append(row)
        line.is_sure = line.is_sure and row.is_sure
    return sorted(lines.values(), key=lambda line: _ORDER[RequirementKind(line.kind)])

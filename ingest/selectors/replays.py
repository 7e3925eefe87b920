from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from ingest.models import RawDocument, Replay

SHOWN = 10


@dataclass(frozen=True, slots=True)
class ReplayedFact:
    """One fact that the archive tells otherwise. Both sides as JSON; "absent" and "present" for a whole."""

    publisher: str
    process_id: str
    recorded: str
    replayed: str


@dataclass(frozen=True, slots=True)
class ReplayedField:
    field: str  # a column, "notices", or "" for opportunities that one side lacks
    count: int
    examples: tuple[ReplayedFact, ...]


@dataclass(frozen=True, slots=True)
class ReplayShown:
    replay: Replay
    fields: tuple[ReplayedField, ...]
    documents_read: int  # again, since it was accepted


def latest_replays() -> list[ReplayShown]:
    """The latest comparisons, the newest first, and how far those accepted have come. Two queries."""
    rows = list(Replay.objects.select_related("requested_by", "decided_by")[:SHOWN])
    reread = RawDocument.objects.filter(reread_for__in=rows).order_by().values_list("reread_for")
    read: dict[int, int] = dict(reread.annotate(Count("pk")))
    return [ReplayShown(row, tuple(_fields(row.fields)), read.get(row.pk, 0)) for row in rows]


def _fields(rows: Iterable[Any]) -> Iterable[ReplayedField]:
    for field, count, examples in rows:
        yield ReplayedField(field, count, tuple(ReplayedFact(*example) for example in examples))

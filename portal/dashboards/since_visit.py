"""What changed about an opportunity since the reader opened its page last. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.bidding.consequences import Consequence, ValueBand, consequences
from opportunities.compile import WORDING, Change, net_changes
from opportunities.selectors import HistoryEntry


@dataclass(frozen=True, slots=True)
class SinceVisit:
    """Several revisions folded into one change for each fact; without changes there were none."""

    since: datetime
    number: int  # of the latest revision told
    changes: tuple[Change, ...] = ()
    added_fields: tuple[str, ...] = ()  # not known before, and merely filled in
    meaning: tuple[Consequence, ...] = ()


def latest_number(history: Sequence[HistoryEntry]) -> int:
    """Of the revision that told of a change last; 0 where none has."""
    return max((entry.number for entry in history), default=0)


def since_visit(
    history: Sequence[HistoryEntry], *, since: datetime, known_number: int, band: ValueBand, now: datetime
) -> SinceVisit:
    """Fold what the revisions after ``known_number`` changed. ``history`` has the latest first."""
    newer = [entry for entry in reversed(history) if entry.number > known_number]
    # What is merely worded otherwise comes last.
    net = sorted(net_changes(entry.changes for entry in newer), key=lambda change: change.field in WORDING)
    told = {change.field for entry in newer for change in entry.shown_changes}
    added = {field for entry in newer for field in entry.added_fields} - told
    return SinceVisit(
        since=since,
        number=latest_number(history),
        changes=tuple(change for change in net if change.field in told),
        added_fields=tuple(change.field for change in net if change.field in added),
        meaning=consequences(net, band, now=now),
    )

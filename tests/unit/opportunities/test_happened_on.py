"""On which day something was told: a notice bears India's, and what was noted without one ours."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from opportunities.project_selectors import ProjectEntry
from opportunities.selectors import HistoryEntry

# 21:30 in Stockholm, two in the night after in India
LATE = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
HERE, THERE = date(2026, 11, 22), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("published_at", "happened_on"), [(LATE, THERE), (None, HERE)], ids=["a notice's day", "read by Setu"]
)
def test_a_change_of_a_tender(published_at: datetime | None, happened_on: date) -> None:
    entry = HistoryEntry(1, 2, "corrigendum", "2", published_at, LATE, ())

    assert entry.happened_on == happened_on


@pytest.mark.parametrize(
    ("published_at", "is_by_office", "happened_on"),
    [(LATE, False, THERE), (None, False, HERE), (LATE, True, HERE)],
    ids=["a notice's day", "read by Setu", "told by the office"],
)
def test_what_is_told_of_a_project(
    published_at: datetime | None, *, is_by_office: bool, happened_on: date
) -> None:
    entry = ProjectEntry(1, 2, LATE, published_at, (), is_by_office=is_by_office, because="", by="")

    assert entry.happened_on == happened_on

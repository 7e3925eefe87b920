from __future__ import annotations

from datetime import UTC, datetime

from portal.dashboards.reports.period import Quarter, chosen_quarter, offered_quarters


def test_periods_touch_and_never_overlap() -> None:
    now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # a new year in Sweden

    offered = offered_quarters(now)

    assert offered[:2] == [Quarter(2027, 1), Quarter(2026, 4)]
    assert [later.begins for later in offered[:-1]] == [earlier.ends for earlier in offered[1:]]
    assert chosen_quarter("2026-4", now=now) == Quarter(2026, 4)
    assert chosen_quarter("1999-1", now=now) == chosen_quarter("x", now=now) == Quarter(2027, 1)

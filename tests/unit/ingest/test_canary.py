from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.sources import ADAPTERS
from ingest.sources.base import SourceSettings
from ingest.watching.alarms import Alarm
from ingest.watching.canary import PATIENCE, Canary, judge_canaries
from tests.unit.ingest.sources.no_network import NoNetwork

NOW = datetime(2026, 11, 22, 4, 5, tzinfo=UTC)
LATE = NOW - PATIENCE - timedelta(seconds=1)
SOON = NOW + timedelta(minutes=55)
BEFORE = Canary(NOW - timedelta(hours=2), LATE, LATE, LATE)


@pytest.mark.parametrize(
    ("canaries", "due_at", "alarm"),
    [
        ([], SOON, None),
        ([BEFORE], SOON, None),
        ([Canary(NOW)], SOON, None),
        ([BEFORE], LATE, Alarm.CANARY_NOT_FETCHED),
        ([], LATE, Alarm.CANARY_NOT_FETCHED),
        ([Canary(LATE), BEFORE], SOON, Alarm.CANARY_NOT_READ),
        ([Canary(LATE, LATE), BEFORE], SOON, Alarm.CANARY_NOT_RECORDED),
        ([Canary(LATE, LATE, LATE), BEFORE], SOON, Alarm.CANARY_NOT_MATCHED),
        ([Canary(LATE, LATE, LATE, NOW), BEFORE], SOON, None),
    ],
)
def test_the_alarm_says_how_far_it_came(
    canaries: list[Canary], due_at: datetime, alarm: Alarm | None
) -> None:
    assert judge_canaries(canaries, due_at=due_at, now=NOW) == alarm


def test_one_flies_an_hour_however_often_it_is_asked_for() -> None:
    adapter, source = ADAPTERS["canary"], SourceSettings("canary", "", "")
    first, second, third = (
        list(adapter.fetch(source, NoNetwork(), now=NOW + timedelta(minutes=minutes)))
        for minutes in (0, 50, 60)
    )

    assert first == second != third

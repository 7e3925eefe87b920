from __future__ import annotations

import pytest

from ingest.watching.alarms import Alarm
from ingest.watching.judgement import Coverage, Finding, PollCounts, judge, usual_rows


def gave(rows: int, *, unreadable: int = 0, documents: int = 10, rejected: int = 0) -> PollCounts:
    return PollCounts(documents, rejected, rows - unreadable, unreadable)


FIFTY = [gave(rows) for rows in (48, 50, 55)]


@pytest.mark.parametrize(
    ("poll", "usual", "finding"),
    [
        (gave(0), FIFTY, Finding(Alarm.FEW_ROWS, 0, 50)),
        (gave(9), FIFTY, Finding(Alarm.FEW_ROWS, 9, 50)),
        (gave(10), FIFTY, None),
        (gave(500), FIFTY, None),
        (gave(0, documents=0), FIFTY, Finding(Alarm.FEW_ROWS, 0, 50)),
        (gave(0), [gave(5)], Finding(Alarm.FEW_ROWS, 0, 5)),
        (gave(0), [gave(4)], None),
        (gave(0), [], None),
        (gave(0, documents=1, rejected=1), [], Finding(Alarm.REJECTED, 100, 0)),
        (gave(40, rejected=2), FIFTY, None),
        (gave(40, rejected=5), [gave(40, rejected=5)], None),
        (gave(40, unreadable=10), FIFTY, Finding(Alarm.UNREADABLE, 25, 0)),
        (gave(40, unreadable=9), FIFTY, None),
        (gave(40, unreadable=20), [gave(40, unreadable=20)], None),
        (gave(4, unreadable=4), [], None),
    ],
)
def test_a_poll_is_judged_by_what_is_usual(
    poll: PollCounts, usual: list[PollCounts], finding: Finding | None
) -> None:
    assert judge(poll, usual) == finding


def test_a_poll_without_rows_says_nothing_of_what_is_usual() -> None:
    assert usual_rows([gave(0), gave(7), gave(0)]) == 7
    assert usual_rows([gave(0)]) is None


def test_a_part_of_a_portal_may_give_few_rows_and_a_slow_beginning_in_proportion() -> None:
    assert judge(gave(2), FIFTY, coverage=Coverage.PART) is None
    assert judge(gave(9, documents=2), FIFTY, coverage=Coverage.BEGINNING) is None
    assert judge(gave(1, documents=2), FIFTY, coverage=Coverage.BEGINNING) == Finding(Alarm.FEW_ROWS, 1, 10)
    assert judge(gave(1), [], coverage=Coverage.BEGINNING) is None

"""The gap between the first company and the last is worked out, and can come out other than nought."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from opportunities.audience import EVERYONE, Audience
from opportunities.release_gap import Decided, Described, Known, gap_of

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SKANE = Audience(regions=("12",))


def company(region: str = "01", *, approved_at: datetime = NOON - HOUR) -> Known:
    return Known(approved_at, (Described(None, ("water",), region),))


def test_all_are_told_at_once() -> None:
    gap = gap_of([Decided(NOON, NOON + HOUR, EVERYONE)], [company(), company("12")], at=NOON + 9 * HOUR)

    assert gap is not None
    assert (gap.companies, gap.length, gap.first) == (2, timedelta(0), NOON + HOUR)


def test_nobody_is_told_before_the_moment_comes() -> None:
    assert gap_of([Decided(NOON, NOON + HOUR, EVERYONE)], [company()], at=NOON) is None


def test_what_is_withdrawn_before_its_moment_was_told_nobody() -> None:
    decisions = [Decided(NOON, NOON + 2 * HOUR, EVERYONE), Decided(NOON + HOUR, None, EVERYONE)]

    assert gap_of(decisions, [company()], at=NOON + 9 * HOUR) is None


def test_a_rule_that_is_widened_later_leaves_a_gap() -> None:
    decisions = [Decided(NOON, NOON, SKANE), Decided(NOON + HOUR, NOON + HOUR, EVERYONE)]

    gap = gap_of(decisions, [company("12"), company("01")], at=NOON + 9 * HOUR)

    assert gap is not None
    assert (gap.companies, gap.length) == (2, HOUR)


def test_who_became_a_member_or_came_to_fit_later_is_not_late() -> None:
    moved = Known(NOON - HOUR, (Described(None, (), "01"), Described(NOON + HOUR, (), "12")))
    newcomer = company("12", approved_at=NOON + HOUR)

    gap = gap_of([Decided(NOON, NOON, SKANE)], [company("12"), moved, newcomer], at=NOON + 9 * HOUR)

    assert gap is not None
    assert (gap.companies, gap.length) == (1, timedelta(0))

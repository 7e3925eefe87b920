from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.learning.suggestions import About, Change, Limits, Said, Suggestion, suggest

NO_LIMITS = Limits(None, None, ())
CRORE = 10_000_000


def said(about: About, crore: float | None = None, state: str = "") -> Said:
    return Said(about, None if crore is None else Decimal(str(crore)) * CRORE, state)


def limits(low: float | None = None, high: float | None = None, *states: str) -> Limits:
    return Limits(_crore(low), _crore(high), states)


def _crore(count: float | None) -> Decimal | None:
    return None if count is None else Decimal(str(count)) * CRORE


@pytest.mark.parametrize(
    ("given_limits", "verdicts", "changes"),
    [
        (NO_LIMITS, [said(About.TOO_BIG, 118)], [(Change.LOWER_UPPER, 110)]),
        (NO_LIMITS, [said(About.TOO_BIG, 118), said(About.TOO_BIG, 50)], [(Change.LOWER_UPPER, 49)]),
        (limits(None, 40), [said(About.TOO_BIG, 118)], []),
        (limits(60, None), [said(About.TOO_BIG, 50)], []),
        (NO_LIMITS, [said(About.TOO_BIG, 50), said(About.RELEVANT, 60)], []),
        (limits(None, 40), [said(About.RELEVANT, 84.5)], [(Change.RAISE_UPPER, 85)]),
        (limits(None, 40), [said(About.RELEVANT, 30)], []),
        (NO_LIMITS, [said(About.TOO_SMALL, 0.62)], [(Change.RAISE_LOWER, 0.63)]),
        (limits(None, 0.5), [said(About.TOO_SMALL, 0.62)], []),
        (limits(2, None), [said(About.RELEVANT, 0.62)], [(Change.LOWER_LOWER, 0.61)]),
        (NO_LIMITS, [said(About.TOO_BIG, None)], []),
        (NO_LIMITS, [], []),
    ],
)
def test_limits_follow_what_was_said_of_values(
    given_limits: Limits, verdicts: list[Said], changes: list[tuple[Change, float]]
) -> None:
    found = suggest(given_limits, verdicts)

    assert [(s.change, s.amount) for s in found] == [(c, Decimal(str(a)) * CRORE) for c, a in changes]


@pytest.mark.parametrize(
    ("states", "verdicts", "changes"),
    [
        (("AS", "KL"), [said(About.WRONG_PLACE, state="AS")], [Suggestion(Change.DROP_STATE, 1, state="AS")]),
        (("AS",), [said(About.WRONG_PLACE, state="AS")], []),
        ((), [said(About.WRONG_PLACE, state="AS")], []),
        (("AS",), [said(About.RELEVANT, state="KL")] * 2, [Suggestion(Change.ADD_STATE, 2, state="KL")]),
        (("AS", "KL"), [said(About.WRONG_PLACE, state="AS"), said(About.RELEVANT, state="AS")], []),
        ((), [said(About.RELEVANT, state="KL")], []),
    ],
)
def test_states_follow_what_was_said_of_places(
    states: tuple[str, ...], verdicts: list[Said], changes: list[Suggestion]
) -> None:
    assert list(suggest(limits(None, None, *states), verdicts)) == changes


@given(crore=st.decimals(min_value="0.001", max_value=9999, places=3))
def test_what_was_too_big_lies_above_the_suggested_limit(crore: Decimal) -> None:
    verdict = Said(About.TOO_BIG, crore * CRORE, "")

    [suggestion] = suggest(NO_LIMITS, [verdict])

    assert suggestion.amount is not None
    assert 0 < suggestion.amount < crore * CRORE


@given(crore=st.decimals(min_value="0.001", max_value=9999, places=3))
def test_what_was_too_small_lies_below_the_suggested_limit(crore: Decimal) -> None:
    [suggestion] = suggest(NO_LIMITS, [Said(About.TOO_SMALL, crore * CRORE, "")])

    assert suggestion.amount is not None
    assert suggestion.amount > crore * CRORE

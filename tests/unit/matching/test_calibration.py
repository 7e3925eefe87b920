"""From a margin to a score, and what comes true of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.calibrating import calibration_error, fit_chance, leaving_one_out
from matching.scoring.calibration import (
    WITH_MEANING,
    WITHOUT_MEANING,
    Calibration,
    from_log_odds,
    log_odds,
    shared_out,
    shifted,
)


@pytest.mark.parametrize("calibration", [WITH_MEANING, WITHOUT_MEANING])
def test_more_in_common_is_never_less_likely(calibration: Calibration) -> None:
    chances = [calibration.chance(margin / 4) for margin in range(80)]

    assert chances[0] == 0
    assert chances == sorted(chances)
    assert chances[-1] < 1


@given(st.integers(0, 100), st.lists(st.floats(0, 50), min_size=1, max_size=5))
def test_points_are_shared_out_to_the_last(total: int, weights: list[float]) -> None:
    shares = shared_out(total, weights)

    assert sum(shares) == (total if sum(weights) > 0 else 0)
    assert all(share >= 0 for share in shares)


def test_a_chance_moves_most_where_it_is_open() -> None:
    assert shifted(0.5, 0.25) - 0.5 > shifted(0.95, 0.25) - 0.95 > 0
    assert shifted(0.0, 5.0) == 0.0


@given(st.floats(2, 94))
def test_a_score_is_told_by_its_place_on_the_curve(points: float) -> None:
    assert from_log_odds(log_odds(points)) == pytest.approx(points)


def test_the_curve_that_made_the_pairs_is_found_again() -> None:
    # Of a hundred tenders at each margin as many are worth it as the curve with slope 1 and offset -2 says.
    curve = Calibration("of the test", 1.0, -2.0)
    pairs = [
        (margin / 4, number < round(100 * curve.chance(margin / 4) / 0.96))
        for margin in range(1, 25)
        for number in range(100)
    ]

    slope, offset = fit_chance([pairs])

    assert slope == pytest.approx(1.0, abs=0.05)
    assert offset == pytest.approx(-2.0, abs=0.1)
    assert leaving_one_out({"one": pairs, "other": pairs}) < 0.01


def test_companies_of_one_field_say_nothing_of_each_other() -> None:
    pairs = [(margin, margin > 2) for margin in (0.0, 1.0, 3.0, 4.0)]
    companies = {"lifts": pairs, "more lifts": pairs, "water": pairs}

    among_all = leaving_one_out(companies)
    among_two = leaving_one_out({"lifts": pairs, "more lifts": pairs}, {"lifts": "a", "more lifts": "a"})

    assert among_all < 0.01
    assert among_two == pytest.approx(
        0
    )  # nothing was learnt: a half for each, and half of them were worth it
    assert leaving_one_out(companies, {"lifts": "a", "more lifts": "a", "water": "b"}) < 0.01


def test_telling_too_much_is_an_error() -> None:
    assert calibration_error([(0.9, True), (0.9, False)]) == pytest.approx(0.4)
    assert calibration_error([(0.5, True), (0.5, False)]) == pytest.approx(0)
    assert calibration_error([]) == 0

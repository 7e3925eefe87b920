"""What a ranking is worth."""

from __future__ import annotations

import pytest

from matching.evaluation.measures import mean, measure

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_the_best_order_is_worth_one() -> None:
    found = measure(["a", "b", "c", "d"], GRADES)

    assert found is not None
    assert (found.ndcg_at_10, found.recall_at_20, found.reciprocal_rank) == (1, 1, 1)
    assert found.judged_at_10 == pytest.approx(0.4)


def test_what_nobody_judged_counts_as_nothing() -> None:
    found = measure(["x", "y", "b", "a"], GRADES)

    assert found is not None
    # gains 3 and 7 at the third and fourth place, against 7, 3 and 1 at the first three
    assert found.ndcg_at_10 == pytest.approx((3 / 2 + 7 / 2.3219) / (7 + 3 / 1.585 + 1 / 2), abs=1e-3)
    assert found.reciprocal_rank == pytest.approx(1 / 3)


def test_recall_is_out_of_at_most_twenty() -> None:
    grades = {f"t{number}": 2 for number in range(40)}

    found = measure([f"t{number}" for number in range(10)], grades)

    assert found is not None
    assert found.recall_at_20 == 0.5


def test_a_profile_without_anything_worth_it_is_left_out() -> None:
    assert measure(["c"], {"c": 1}) is None
    assert mean([]) is None

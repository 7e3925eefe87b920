from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.engine import OfferedMeaning, PreparedOffered, prepare_offered, prepare_wanted
from matching.scoring.learning.feedback import MOST_FEEDBACK, MOST_LEANING, RULE, lean, shift, with_feedback
from matching.scoring.learning.taste import Judged, Taste, learn, traits_of
from matching.scoring.records import NO_COUNTS, Offered, Part, Score, Verdict, Wanted
from matching.scoring.vocabulary import CONCEPTS

WANTED = prepare_wanted(Wanted("en", capabilities=("Water quality sensors", "Desludging of septic tanks")))
DESLUDGING = prepare_offered(Offered("Desludging of septic tanks with suction trucks"))
DESLUDGING_TOO = prepare_offered(Offered("Hiring of suction trucks for septic tanks"))
SENSORS = prepare_offered(Offered("Supply of online water quality sensors"))
SENSORS_TOO = prepare_offered(Offered("Water quality sensors and SCADA for 12 wards"))
FORTY = Score(40, (Part("words", 40, 40, Verdict.FITS),))


def taught(*judged: Judged) -> Taste | None:
    return learn(judged, WANTED, NO_COUNTS)


def scored(offered: PreparedOffered, *judged: Judged, score: Score = FORTY) -> Score:
    return with_feedback(score, taught(*judged), offered, NO_COUNTS)


def test_without_verdicts_nothing_changes() -> None:
    assert scored(SENSORS) == FORTY


def test_what_is_like_a_dismissed_one_falls_and_says_because_of_what() -> None:
    result = scored(DESLUDGING_TOO, Judged(DESLUDGING, is_relevant=False))

    part = result.parts[-1]
    assert result.points < 40
    assert (part.rule, part.verdict, part.details) == (RULE, Verdict.GAP, (("dismissed", "1"),))
    assert part.evidence[0].offered in DESLUDGING_TOO.offered.title


def test_what_is_like_a_relevant_one_rises() -> None:
    result = scored(SENSORS_TOO, Judged(SENSORS, is_relevant=True))

    assert result.points > 40
    assert result.parts[-1].verdict == Verdict.FITS
    assert result.parts[-1].evidence[0].bridge in CONCEPTS


def test_it_counts_the_verdicts_that_it_is_because_of() -> None:
    judged = [Judged(SENSORS, is_relevant=True), Judged(SENSORS_TOO, is_relevant=True)]

    part = scored(SENSORS_TOO, *judged, Judged(DESLUDGING, is_relevant=False)).parts[-1]

    assert part.details == (("relevant", "2"),)


def test_what_has_nothing_in_common_with_the_verdicts_stays_as_it_is() -> None:
    playground = prepare_offered(Offered("Playground for children"))

    assert scored(playground, Judged(DESLUDGING, is_relevant=False)) == FORTY


def test_what_has_nothing_in_common_with_the_profile_isnt_lifted() -> None:
    nothing = Score(0, ())

    assert scored(SENSORS_TOO, Judged(SENSORS, is_relevant=True), score=nothing) == nothing


def test_more_verdicts_of_one_kind_move_more() -> None:
    alike = [prepare_offered(Offered(f"Water quality sensors, zone {letter}")) for letter in "ABCDE"]

    shifts = [
        scored(SENSORS_TOO, *(Judged(each, is_relevant=True) for each in alike[:count])).points
        for count in (1, 5)
    ]

    assert 40 < shifts[0] < shifts[1] <= 40 + MOST_FEEDBACK


def test_a_verdict_teaches_as_much_as_it_surprises() -> None:
    expected = prepare_offered(Offered("Water quality sensors"))
    unexpected = prepare_offered(Offered("Playground with sensors for children"))

    by_expected, by_unexpected = (taught(Judged(each, is_relevant=True)) for each in (expected, unexpected))

    assert by_expected is not None
    assert by_unexpected is not None
    assert lean(traits_of(unexpected, NO_COUNTS), by_unexpected) == MOST_LEANING
    assert 0 < lean(traits_of(expected, NO_COUNTS), by_expected) < 1


def test_a_sure_score_is_moved_less_than_an_open_one() -> None:
    moved = [shift(points, -MOST_LEANING) for points in (95, 60)]

    assert moved[1] < moved[0] < 0


def test_the_order_of_verdicts_does_not_matter() -> None:
    judged = [Judged(SENSORS, is_relevant=True), Judged(DESLUDGING, is_relevant=False)]

    assert scored(SENSORS_TOO, *judged) == scored(SENSORS_TOO, *reversed(judged))


TITLES = st.lists(st.sampled_from([DESLUDGING, DESLUDGING_TOO, SENSORS, SENSORS_TOO]), max_size=8)


@given(liked=TITLES, disliked=TITLES, points=st.integers(0, 100))
def test_parts_add_up_within_bounds(liked: list, disliked: list, points: int) -> None:  # type: ignore[type-arg]
    base = Score(points, (Part("words", points, 100, Verdict.FITS),))
    judged = [Judged(o, is_relevant=True) for o in liked] + [Judged(o, is_relevant=False) for o in disliked]

    result = with_feedback(base, taught(*judged), SENSORS_TOO, NO_COUNTS)

    assert sum(part.points for part in result.parts) == result.points
    assert 0 <= result.points <= 100
    assert abs(result.points - points) <= MOST_FEEDBACK


@pytest.mark.parametrize("points", [0, 1, 96, 100])
def test_no_score_is_moved_past_either_end(points: int) -> None:
    assert points + shift(points, MOST_LEANING) <= 100
    assert points + shift(points, -MOST_LEANING) >= 0


@given(leaning=st.floats(-MOST_LEANING, MOST_LEANING), low=st.floats(0, 100), high=st.floats(0, 100))
def test_of_two_that_lean_alike_the_better_stays_the_better(leaning: float, low: float, high: float) -> None:
    low, high = sorted((low, high))

    assert low + shift(low, leaning) <= high + shift(high, leaning) + 1e-9


def meaning(title: str, vector: list[float]) -> PreparedOffered:
    return prepare_offered(Offered(title), OfferedMeaning(np.array(vector, dtype=np.float32), 0.0))


def test_meaning_counts_where_all_verdicts_have_it() -> None:
    lake, shelter = meaning("Lake works", [1, 0]), prepare_offered(Offered("Bus shelters"))
    near, far = meaning("Playground", [1, 0]), meaning("Playground", [0, 1])

    with_all = taught(Judged(lake, is_relevant=True))
    with_some = taught(Judged(lake, is_relevant=True), Judged(shelter, is_relevant=False))

    assert with_all is not None
    assert with_some is not None
    assert lean(traits_of(near, NO_COUNTS), with_all) > 0
    assert lean(traits_of(far, NO_COUNTS), with_all) == pytest.approx(0)
    assert lean(traits_of(near, NO_COUNTS), with_some) == pytest.approx(0)


def test_a_likeness_in_meaning_alone_is_told_without_a_subject() -> None:
    taste = taught(Judged(meaning("Lake works", [1, 0]), is_relevant=False))

    part = with_feedback(FORTY, taste, meaning("Playground", [1, 0]), NO_COUNTS).parts[-1]

    assert (part.rule, part.evidence) == (RULE, ())

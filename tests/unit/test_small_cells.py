"""Numbers of few companies are never told, and can't be worked out from those that are."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portal.lib.small_cells import LEAST, Cell, may_move, movers, told, told_chain, told_parts, told_share

FEW, ENOUGH = tuple(range(LEAST - 1)), tuple(range(LEAST))


def _cell(*companies: int) -> Cell:
    return Cell(companies)


cells = st.lists(st.integers(0, 9), max_size=12).map(lambda companies: _cell(*companies))


def test_what_four_companies_did_is_not_told_however_often_they_did_it() -> None:
    assert told(Cell(10 * FEW)) is None
    assert told(Cell((*ENOUGH, 0, 0))) == 7


def test_that_nobody_did_it_is_told_no_more_than_that_few_did() -> None:
    assert told(Cell()) is None


def test_a_share_is_hidden_where_the_others_are_few() -> None:
    assert told_share(4, 40) is None
    assert told_share(36, 40) is None
    assert told_share(35, 40) == 35
    assert told_share(40, 40) == 40


def test_a_stage_that_one_company_alone_did_not_reach_is_hidden() -> None:
    """Followed by seven companies and bid by six: the difference would be the seventh."""
    followed_only, bid = _cell(6), _cell(*range(6))

    assert told_chain([followed_only, bid]) == [7, None]


def test_a_hidden_stage_makes_room_for_a_later_one_once_enough_lie_between() -> None:
    stages = [_cell(20, 21), _cell(22, 23, 24), _cell(*range(6))]

    assert told_chain(stages) == [11, None, 6]


@given(st.lists(cells, min_size=1, max_size=5))
def test_no_difference_of_what_is_told_is_the_doing_of_few(stages: list[Cell]) -> None:
    shown = told_chain(stages)

    places = [place for place, count in enumerate(shown) if count is not None]
    for begin, end in pairwise([*places, len(stages)]):
        between = stages[begin:end]
        companies = frozenset().union(*(cell.companies for cell in between))
        assert not sum(cell.count for cell in between) or len(companies) >= LEAST


def test_what_a_whole_would_say_of_a_hidden_part_hides_the_next_smallest() -> None:
    """Asked by eleven companies: what two of the answers leave over would be the third."""
    agreed, declined, waiting = _cell(*range(6)), _cell(*range(5)), _cell(10)

    assert told_parts([agreed, declined, waiting]) == [6, None, None]
    assert told_parts([agreed, declined, Cell()]) == [6, 5, None]


@given(st.lists(cells, min_size=1, max_size=5))
def test_what_the_parts_leave_of_their_whole_is_never_the_doing_of_few(parts: list[Cell]) -> None:
    companies = frozenset().union(*(part.companies for part in parts))
    shown = told_parts(parts)

    hidden = [part for part, count in zip(parts, shown, strict=True) if count is None]
    rest = frozenset().union(*(part.companies for part in hidden))
    assert not rest or len(rest) >= LEAST or len(companies) < LEAST


def test_a_company_that_does_more_or_less_of_something_moves_it() -> None:
    assert movers({"bid": [1, 1, 2]}, {"bid": [2, 1]}) == {1}
    assert movers({"bid": [1]}, {"won": [1]}) == {1}
    assert movers({"bid": [1, 2]}, {"bid": [2, 1], "won": []}) == frozenset()


def test_what_few_moved_is_told_as_it_was() -> None:
    assert not may_move({"bid": [0, 1, 2, 3, 4]}, {"bid": [0, 1, 2, 3, 4, 5]})
    assert not may_move({"bid": [1, 1, 1, 1, 1]}, {})
    assert may_move({}, {"bid": list(ENOUGH)})


def test_what_names_two_companies_moves_by_enough_on_either_side() -> None:
    to_one = {str(asking): [asking, 99] for asking in ENOUGH}
    to_many = {str(asking): [asking, 90 + asking] for asking in ENOUGH}

    assert not may_move({}, to_one, sides=2)
    assert may_move({}, to_many, sides=2)

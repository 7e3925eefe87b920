from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.index.reader import Reader
from matching.index.records import Item, ItemVector, Side
from tests.unit.matching.index.conftest import Build
from tests.unit.matching.index.made_up_items import NOW, closing, made_up_items, score_by_hand


def scores_of(reader: Reader, item: Item, side: Side) -> dict[int, float]:
    """By id, of everything on the other side."""
    other = Side.OFFERED if side is Side.WANTED else Side.WANTED
    found = reader.all(other, reader.query(item, side), now=NOW)
    return dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))


@given(seed=st.integers(0, 10_000), profiles=st.integers(1, 12), tenders=st.integers(1, 40))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_directions_give_one_score(build: Build, seed: int, profiles: int, tenders: int) -> None:
    wanted, offered = made_up_items(seed, profiles), made_up_items(seed + 1, tenders, first_id=500)
    reader = build(wanted, offered)

    by_profile = {profile.id: scores_of(reader, profile, Side.WANTED) for profile in wanted}
    by_tender = {tender.id: scores_of(reader, tender, Side.OFFERED) for tender in offered}

    for profile in wanted:
        for tender in offered:
            one, other = by_profile[profile.id][tender.id], by_tender[tender.id][profile.id]
            assert one == pytest.approx(other, abs=1e-3)


def test_the_score_is_what_its_definition_says(build: Build) -> None:
    wanted, offered = made_up_items(1, 10), made_up_items(2, 50, first_id=500)
    reader = build(wanted, offered)

    found = {profile.id: scores_of(reader, profile, Side.WANTED) for profile in wanted}

    by_hand = {p.id: {t.id: score_by_hand(p, t, offered) for t in offered} for p in wanted}
    # Vectors are kept in eight bits.
    assert all(found[pk] == pytest.approx(by_hand[pk], abs=0.02) for pk in by_hand)


def test_the_best_come_first(build: Build) -> None:
    wanted, offered = made_up_items(3, 1), made_up_items(4, 400, first_id=500)
    reader = build(wanted, offered)
    every = scores_of(reader, wanted[0], Side.WANTED)

    best = reader.best(Side.OFFERED, reader.query(wanted[0], Side.WANTED), count=20, now=NOW)

    assert best.scores.tolist() == sorted(every.values(), reverse=True)[:20]
    assert [every[pk] for pk in best.ids.tolist()] == best.scores.tolist()


MANY = 5_000  # rows from which on common terms are read at one go


@pytest.mark.parametrize("with_vectors", [False, True])
@pytest.mark.parametrize("count", [1, 20, 200])
def test_among_very_many_the_best_are_those_of_all(build: Build, count: int, *, with_vectors: bool) -> None:
    wanted, offered = made_up_items(3, 1), made_up_items(4, MANY, first_id=500)
    offered = [closing(item, NOW if item.id % 3 == 0 else NOW + 1) for item in offered]
    if not with_vectors:
        wanted, offered = ([replace(item, dense=None) for item in side] for side in (wanted, offered))
    reader = build(wanted, offered)
    assert len(reader.parts[Side.OFFERED][0].segment.common) > 10

    best = reader.best(Side.OFFERED, reader.query(wanted[0], Side.WANTED), count=count, now=NOW)

    every = scores_of(reader, wanted[0], Side.WANTED)
    assert best.scores.tolist() == sorted(every.values(), reverse=True)[:count]
    assert [every[pk] for pk in best.ids.tolist()] == best.scores.tolist()


def test_among_very_many_that_fit_equally_some_are_found(build: Build) -> None:
    offered = [Item(500 + number, ItemVector({"lamp": 1.0, "pole": 2.0}, {})) for number in range(MANY)]
    reader = build([], offered)

    found = {
        word: reader.best(
            Side.OFFERED, reader.query(Item(1, ItemVector({word: 1.0}, {})), Side.WANTED), count=30, now=NOW
        )
        for word in ("lamp", "boat")
    }

    assert {word: len(set(best.ids.tolist())) for word, best in found.items()} == {"lamp": 30, "boat": 30}
    assert len(set(found["lamp"].scores.tolist())) == 1
    assert set(found["boat"].scores.tolist()) == {0}


def test_what_counts_against_a_query_is_not_overrated(build: Build) -> None:
    offered = [
        Item(500 + n, ItemVector({"lamp": 1.0 + n / MANY} if n % 3 else {}, {"field": n % 7 - 3.0}))
        for n in range(MANY)
    ]
    wanted = Item(1, ItemVector({"lamp": -1.0}, {"field": 0.1}))
    reader = build([wanted], offered)
    every = scores_of(reader, wanted, Side.WANTED)

    best = reader.best(Side.OFFERED, reader.query(wanted, Side.WANTED), count=20, now=NOW)

    assert best.scores.tolist() == sorted(every.values(), reverse=True)[:20]


def test_fewer_than_asked_for_are_all(build: Build) -> None:
    wanted, offered = made_up_items(3, 1), made_up_items(4, 5, first_id=500)
    reader = build(wanted, offered)

    best = reader.best(Side.OFFERED, reader.query(wanted[0], Side.WANTED), count=20, now=NOW)

    assert sorted(best.ids.tolist()) == [item.id for item in offered]


def test_what_has_closed_is_not_found(build: Build) -> None:
    wanted, offered = made_up_items(3, 1), made_up_items(4, 3, first_id=500)
    reader = build(wanted, [closing(offered[0], NOW), closing(offered[1], NOW + 1), offered[2]])

    found = scores_of(reader, wanted[0], Side.WANTED)

    assert sorted(found) == [501, 502]


def test_a_name_that_nobody_knew_is_shared_all_the_same(build: Build) -> None:
    new = ItemVector({"lidar": 1.0}, {})
    reader = build([Item(1, new)], [Item(500, ItemVector({"lamp": 1.0}, {}))])

    known, unknown = (
        reader.query(Item(9, ItemVector({word: 1.0}, {})), Side.OFFERED) for word in ("lidar", "radar")
    )

    assert reader.all(Side.WANTED, known, now=NOW).scores[0] > 0
    assert reader.all(Side.WANTED, unknown, now=NOW).scores[0] == 0


def test_an_empty_index_finds_nothing(build: Build) -> None:
    reader = build([], [])

    query = reader.query(made_up_items(1, 1)[0], Side.WANTED)

    assert reader.best(Side.OFFERED, query, count=5, now=NOW).ids.tolist() == []
    assert len(reader.all(Side.OFFERED, query, now=NOW).ids) == 0


def test_without_vectors_the_words_remain(build: Build) -> None:
    wanted = [Item(1, ItemVector({"lamp": 1.0}, {}))]
    reader = build(wanted, [Item(500, ItemVector({"lamp": 2.0}, {})), Item(501, ItemVector({}, {}))])

    found = scores_of(reader, wanted[0], Side.WANTED)

    assert found[500] > 0 == found[501]
    assert np.isfinite(list(found.values())).all()

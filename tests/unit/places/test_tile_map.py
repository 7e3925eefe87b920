from __future__ import annotations

from opportunities.places import STATES
from opportunities.places.tile_map import HEATS, counted_tiles


def test_every_state_has_one_tile() -> None:
    shown = [tile.tile.state for tile in counted_tiles({}) if tile]

    assert sorted(shown) == sorted(state.code for state in STATES)


def test_the_most_is_hottest_and_none_is_cold() -> None:
    heats = {tile.tile.state: tile.heat for tile in counted_tiles({"MH": 40, "KA": 1, "TN": 21}) if tile}

    assert (heats["MH"], heats["TN"], heats["KA"], heats["GA"]) == (HEATS, 3, 1, 0)


def test_a_state_that_is_not_on_the_map_breaks_nothing() -> None:
    assert all(tile is None or tile.count == 0 for tile in counted_tiles({"ZZ": 3}))


def test_the_chosen_state_is_told() -> None:
    assert [tile.name for tile in counted_tiles({}, chosen="GJ") if tile and tile.is_chosen] == ["Gujarat"]

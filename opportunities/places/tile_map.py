"""Counts by state, laid out as the grid that stands for the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opportunities.places.records import Tile
from opportunities.places.states import STATES, TILES

_NAMES = {state.code: state.name for state in STATES}
_COLUMNS = 1 + max(tile.column for tile in TILES)
_ROWS = 1 + max(tile.row for tile in TILES)
HEATS = 4


@dataclass(frozen=True, slots=True)
class CountedTile:
    """One state on the map. ``heat`` is 0 for none, then 1 to HEATS by its share of the largest count."""

    tile: Tile
    name: str
    count: int
    heat: int
    is_chosen: bool


def counted_tiles(counts: Mapping[str, int], *, chosen: str = "") -> list[CountedTile | None]:
    """The grid, row by row from the north; None where no state stands."""
    largest = max(counts.values(), default=0)
    grid: list[CountedTile | None] = [None] * (_ROWS * _COLUMNS)
    for tile in TILES:
        count = counts.get(tile.state, 0)
        heat = 1 + (HEATS * (count - 1)) // largest if count else 0
        grid[tile.row * _COLUMNS + tile.column] = CountedTile(
            tile, _NAMES[tile.state], count, heat, is_chosen=tile.state == chosen
        )
    return grid

"""States, the hundred smart cities, and finding them in text."""

from opportunities.places.cities import CITIES
from opportunities.places.find import find_city, state_named
from opportunities.places.locate import locate
from opportunities.places.records import City, Place, State, Tile
from opportunities.places.states import STATES, TILES

__all__ = [
    "CITIES",
    "STATES",
    "TILES",
    "City",
    "Place",
    "State",
    "Tile",
    "find_city",
    "locate",
    "state_named",
]

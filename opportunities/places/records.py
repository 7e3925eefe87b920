"""What is known of a place. Frozen, and the same for everyone: there is nothing to configure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """A state or union territory. Its name is the official one, alike in Swedish and English."""

    code: str  # ISO 3166-2 without "IN-"
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """One of the hundred cities of the Smart Cities Mission."""

    name: str
    state: str  # code of a State
    latitude: float
    longitude: float
    aliases: tuple[str, ...] = ()
    # Its name is also another place's, or a common word: believed only when its state is named too, or
    # when "Smart City" follows.
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a state stands in the grid that stands for the map, counted from the top left from 0."""

    state: str
    label: str  # the customary two letters, for people
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """The city and the state a notice is about, as far as they are known."""

    city: str | None = None  # a City's name
    state: str | None = None  # a State's code

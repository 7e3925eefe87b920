"""Places named in free text."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from opportunities.places.cities import CITIES
from opportunities.places.records import City, State
from opportunities.places.states import STATES

# A road is named for where it leads, not for where it is: "Delhi Road, Moradabad".
_NOT_A_ROAD = r"(?!\s+(?:road|rd|marg|gate|highway|bypass|expressway)\b)"
_SMART_CITY = re.compile(r"[\s,-]+smart[\s-]+city\b", re.IGNORECASE)


def _spelled(name: str) -> str:
    """A pattern for a name however its words are joined: "Bihar Sharif", "Bihar-Sharif"."""
    words = (re.escape(word) for word in re.findall(r"[^\s,-]+", name))
    return r"[\s,-]+".join(words)


def _any_of(names: Collection[str]) -> re.Pattern[str]:
    # Longest first, or "Raipur" would take its part of "Naya Raipur".
    choices = "|".join(_spelled(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_]){_NOT_A_ROAD}", re.IGNORECASE)


def _key(name: str) -> str:
    return re.sub(r"[\s,-]+", " ", name).casefold()


_STATE_OF = {_key(name): state for state in STATES for name in (state.name, *state.aliases)}
_CITY_OF = {_key(name): city for city in CITIES for name in (city.name, *city.aliases)}
_STATE_NAMES = _any_of(tuple(_STATE_OF))
_CITY_NAMES = _any_of(tuple(_CITY_OF))
# Inside these another place's name says nothing: "Daman and Diu" isn't Diu, "New Delhi" isn't Delhi.
_MASKED_FOR_CITIES = _any_of(
    [name for name in _STATE_OF if name not in _CITY_OF and _CITY_NAMES.search(name)]
)
_MASKED_FOR_STATES = _any_of(
    [name for name in _CITY_OF if name not in _STATE_OF and _STATE_NAMES.search(name)]
)


# Remembered, since a few hundred offices publish thousands of tenders each.
@lru_cache(maxsize=4_096)
def states_named(text: str) -> tuple[State, ...]:
    """Every state the text names, in its order. Codes such as "MH" are not names."""
    found = _STATE_NAMES.finditer(_without(_MASKED_FOR_STATES, text))
    return tuple(_STATE_OF[_key(name[0])] for name in found)


def state_named(text: str) -> State | None:
    """The first state the text names."""
    return next(iter(states_named(text)), None)


def find_city(text: str, *, states: Collection[str] | None = None) -> City | None:
    """The first of the hundred cities the text names, or None.

    ``states`` are the codes of the states known to be meant; without them those that the text itself names.
    If there are any, a city elsewhere is not believed. A city whose name is ambiguous needs its state, or
    "Smart City" behind its name.
    """
    if states is None:
        states = {state.code for state in states_named(text)}
    masked = _without(_MASKED_FOR_CITIES, text)
    for found in _CITY_NAMES.finditer(masked):
        city = _CITY_OF[_key(found[0])]
        is_confirmed = city.state in states or bool(_SMART_CITY.match(masked, found.end()))
        if is_confirmed or (not states and not city.is_ambiguous):
            return city
    return None


def _without(names: re.Pattern[str], text: str) -> str:
    return names.sub(lambda found: "\0" * len(found[0]), text)

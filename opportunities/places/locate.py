"""Where a notice's work will be done, from what its texts name."""

from __future__ import annotations

from opportunities.places.find import find_city, states_named
from opportunities.places.records import Place


def locate(*texts: str | None) -> Place:
    """The place that the texts name. The first text that names a city decides; give the surest first.

    A state named in any of them is used to tell apart cities of one name, and a city outside all the states
    named is not believed. ``None`` and empty texts are passed over.
    """
    given = [text for text in texts if text]
    states = [state.code for text in given for state in states_named(text)]
    for text in given:
        city = find_city(text, states=states)
        if city is not None:
            return Place(city.name, city.state)
    return Place(None, states[0] if states else None)

"""What colleagues tell each other."""

from __future__ import annotations

from collections.abc import Iterator

from matching.selectors import Colleague, Shared, Together, WrittenNote
from portal.gallery.made_up import LONG_TITLE, LONG_WORD, NOW, opportunity
from portal.gallery.records import Example


def examples() -> Iterator[Example]:
    bo = Colleague(2, "Bo Berg")
    states = {
        "nothing yet": Together([], [], [bo]),
        "notes and mails": Together(
            [WrittenNote(1, "Bo Berg", "We met the buyer in Pune.\nAsk for the BoQ.", NOW)],
            [
                Shared("Alice Ahlgren", "Bo Berg", NOW, is_sent=True),
                Shared("Bo Berg", "Alice Ahlgren", NOW, is_sent=False),
            ],
            [bo],
        ),
        "long": Together(
            [WrittenNote(1, LONG_WORD, LONG_WORD + LONG_TITLE, NOW)], [], [Colleague(2, LONG_WORD)]
        ),
        "nobody else": Together([], [], []),
    }
    for state, together in states.items():
        yield Example("together", state, {"together": together, "opportunity": opportunity()})

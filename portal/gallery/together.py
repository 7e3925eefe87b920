"""What stands around the list, and what colleagues tell each other."""

from __future__ import annotations

from collections.abc import Iterator

from matching.models import CapabilityProfile
from matching.selectors import Colleague, Quiet, Shared, Together, WrittenNote
from matching.views.match_filter import Choice, Choices
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
    yield from _around_the_list()
    for state, together in states.items():
        yield Example("together", state, {"together": together, "opportunity": opportunity()})


def _around_the_list() -> Iterator[Example]:
    offered = [
        Choice("a", "Early stage", 9, is_chosen=False),
        Choice("b", "Open tender", 12_345, is_chosen=True),
    ]
    facets = {
        "some": Choices("stage", "Stage", offered),
        "long": Choices("domain", LONG_WORD, [Choice("c", LONG_WORD, 0, is_chosen=True)]),
    }
    for state, facet in facets.items():
        yield Example("facet", state, {"facet": facet, "form": "none"})
    quiet = {
        "all reasons": Quiet(1204, 30, 1, 900, 273, NOW, NOW),
        "nothing came in": Quiet(0, 0, 0, 0, 0, None, None),
    }
    for state, one in quiet.items():
        given = {"quiet": one, "profile": CapabilityProfile(pk=1, minimum_score=35), "now": NOW}
        yield Example("quiet", state, given)

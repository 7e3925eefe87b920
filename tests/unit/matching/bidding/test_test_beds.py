from __future__ import annotations

from matching.bidding.test_beds import all_test_beds, demonstrating
from matching.scoring.vocabulary import DOMAINS


def test_there_are_three_and_their_fields_are_known() -> None:
    beds = all_test_beds()

    assert [bed.name for bed in beds] == ["Urban ICT Arena", "Södertälje Science Park", "Open Lab"]
    assert {domain for bed in beds for domain in bed.domains} <= set(DOMAINS)


def test_a_test_bed_shows_what_is_asked_and_can_be_done() -> None:
    found = demonstrating(["traffic", "water-supply", "lighting"], ["lighting", "traffic", "health"])

    assert [(bed.slug, shown) for bed, shown in found] == [("urban-ict-arena", ("traffic", "lighting"))]
    assert demonstrating(["health"], ["traffic"]) == []

"""What a tender's text is about: the sub-head, where it has one."""

from __future__ import annotations

import pytest

from matching.scoring.engine import prepare_offered, prepare_wanted, subject_score
from matching.scoring.focus import has_sub_head, in_focus, sub_head_start
from matching.scoring.records import NO_COUNTS, Offered, Wanted


@pytest.mark.parametrize(
    ("text", "bought"),
    [
        ("C/o court complex at Solan (SH: providing fire alarm therein)", "providing fire alarm therein)"),
        ("C/o court complex S/H Providing UPS system", "Providing UPS system"),
        ("Work station, Sub Head - LAN cabling therein", "LAN cabling therein"),
        ("Periodic maintenance of SH-17 near Kampur", "Periodic maintenance of SH-17 near Kampur"),
        ("Fresh water for the town", "Fresh water for the town"),
        ("C/o drain at ward 4 SH etc.", "C/o drain at ward 4 SH etc."),
    ],
)
def test_the_sub_head_is_what_is_bought(text: str, bought: str) -> None:
    assert text[sub_head_start(text) :] == bought


def test_a_sub_head_may_open_a_description() -> None:
    assert has_sub_head("SH Providing passenger lift therein")
    assert in_focus("C/o a hall", "SH Providing passenger lift therein") == "Providing passenger lift therein"


@pytest.mark.parametrize("words", ["Prov. SOP to", "Load extension in r/o"])
def test_whom_power_is_supplied_to_is_not_bought(words: str) -> None:
    chargers = prepare_wanted(Wanted("en", capabilities=("EV charging stations",)))

    connected, built = (
        subject_score(chargers, prepare_offered(Offered(f"{what} EV charging station at Theog")), NO_COUNTS)
        for what in (words, "Construction of")
    )

    assert connected < built / 2
    assert in_focus(f"{words} EV charging station", "") == words


@pytest.mark.parametrize(
    "tender",
    [
        Offered("C/o command and control centre at Shimla (SH: providing passenger lifts therein)"),
        Offered("C/o command and control centre at Shimla", "SH: providing passenger lifts therein"),
    ],
    ids=["in the title", "in the description"],
)
def test_a_lift_in_a_command_centre_is_a_lift_first(tender: Offered) -> None:
    lifts = prepare_wanted(Wanted("en", capabilities=("passenger lifts", "lift maintenance")))
    centres = prepare_wanted(Wanted("en", capabilities=("command and control centres", "video walls")))

    prepared = prepare_offered(tender)

    assert subject_score(lifts, prepared, NO_COUNTS) > 2 * subject_score(centres, prepared, NO_COUNTS)

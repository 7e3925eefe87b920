"""What kind of deal a tender is, and what that counts for who makes things."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.scoring.deal import HANDS, LET_OUT, OTHER_DEAL_SHARE, deal_of
from matching.scoring.engine import prepare_offered, prepare_wanted, score, subject_margin
from matching.scoring.records import NO_COUNTS, Offered, Wanted

SWEEPERS = Wanted("sv", capabilities=("sopmaskiner", "sopbilar med komprimator"))
SWEPT = Offered("Sweeping of Streets and door to door collection of garbage, wards 1 to 4")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Sweeping of streets in ward 4", HANDS, "Sweeping of"),
        ("Daily Cleaning of the control room", HANDS, "Daily Cleaning"),
        ("Door to door waste collection, zone 2", HANDS, "Door to door waste collection"),
        ("Outsourcing of skilled man power for pumps", HANDS, "Outsourcing of skilled man power"),
        ("Supply of sanitation workers for the town", HANDS, "Supply of sanitation workers"),
        ("Leasing out of ferry service at Rajnagar", LET_OUT, "Leasing out"),
        ("Lease of 60 ton weigh bridge", LET_OUT, "Lease of"),
        ("Auction of old pumps", LET_OUT, "Auction"),
    ],
)
def test_hands_and_what_is_let_out_are_told_by_their_words(text: str, kind: str, words: str) -> None:
    deal = deal_of([text])

    assert deal is not None
    assert (deal.kind, deal.text) == (kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "Supply of tricycles for door to door collection of garbage",
        "Road sweeping machine, 6 cubic metres",
        "Vehicle tracking system for door to door garbage collection",
        "Consultancy for leasing out of tea gardens",
        "Providing lift in staff quarters",
        "Construction of workers' canteen and sweeping of site",
        "Operation and maintenance of chiller plant",
        "Water supply and sanitation works",
    ],
)
def test_where_something_is_bought_or_built_that_is_the_deal(text: str) -> None:
    assert deal_of([text]) is None


def test_a_title_that_buys_is_not_overruled_by_its_description() -> None:
    assert deal_of(["Supply of sweepers", "For sweeping of streets"]) is None
    assert deal_of(["NIT 12 of 2026", "Sweeping of streets"]) is not None


def test_streets_to_be_swept_by_hand_count_less_for_who_makes_sweepers() -> None:
    makers = prepare_wanted(SWEEPERS)
    contractors = replace(makers, deals=frozenset({HANDS}))

    told = prepare_offered(SWEPT)
    untold = replace(told, deal=None)

    whole = subject_margin(makers, untold, NO_COUNTS)
    assert whole > 0
    assert subject_margin(makers, told, NO_COUNTS) == pytest.approx(OTHER_DEAL_SHARE * whole)
    assert subject_margin(contractors, told, NO_COUNTS) == whole


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("gatsopning och lokalvård", {HANDS}),
        ("street sweeping services", {HANDS}),
        ("ferry operator on four lakes", {LET_OUT}),
        ("sopmaskiner", set()),
        ("elektriska småfordon för renhållning", set()),
    ],
)
def test_a_company_may_make_such_deals_itself(said: str, offered: set[str]) -> None:
    assert prepare_wanted(Wanted("sv", capabilities=(said,))).deals == offered


def test_why_it_counts_less_is_told_in_the_tenders_own_words() -> None:
    judged = score(prepare_wanted(SWEEPERS), prepare_offered(SWEPT), NO_COUNTS)

    details = dict(judged.parts[0].details)
    assert details["deal"] == HANDS
    assert details["deal_words"] in SWEPT.title
    assert judged.points == sum(part.points for part in judged.parts)

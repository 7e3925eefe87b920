"""What a score is made of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from matching.scoring.engine import (
    count_terms,
    domain_name,
    domains_offered,
    prepare_offered,
    prepare_wanted,
    score,
    search_words,
    subject_score,
)
from matching.scoring.records import NO_COUNTS, Offered, Part, Score, TermCounts, Verdict, Wanted

LAMPS = Wanted(
    "sv",
    summary="Vi styr och övervakar gatubelysning i nordiska städer.",
    capabilities=("styrning av vägbelysning", "LED-armaturer för gator"),
    value_from_inr=Decimal(5_000_000),
    value_to_inr=Decimal(500_000_000),
    states=("MH", "GJ"),
)
LAMP_TENDER = Offered(
    "Supply and installation of LED street lights with CCMS in Ward 4",
    description="Replacement of 4,000 sodium lamps, seven years of maintenance.",
    product_category="Electrical Works",
    value_inr=Decimal(84_500_000),
    state="MH",
)
ROAD_TENDER = replace(
    LAMP_TENDER,
    title="Widening of link road, km 0 to 4",
    description="Bituminous surfacing and two culverts.",
)


def judge(wanted: Wanted, offered: Offered, counts: TermCounts = NO_COUNTS) -> Score:
    return score(prepare_wanted(wanted), prepare_offered(offered), counts)


def part_of(judged: Score, rule: str) -> Part:
    (part,) = (part for part in judged.parts if part.rule == rule)
    return part


def test_a_swedish_profile_finds_an_english_tender_on_a_cold_database() -> None:
    judged = judge(LAMPS, LAMP_TENDER)

    assert judged.points >= 60
    assert ("LED street lights", "vägbelysning") in {
        (evidence.offered, evidence.wanted) for evidence in part_of(judged, "domain").evidence
    } or part_of(judged, "domain").evidence[0].bridge == "street-lighting"


def test_the_same_profile_in_english_scores_much_the_same() -> None:
    english = replace(
        LAMPS,
        language="en",
        summary="We control and monitor street lighting in Nordic cities.",
        capabilities=("control of road lighting", "LED luminaires for streets"),
    )

    assert abs(judge(english, LAMP_TENDER).points - judge(LAMPS, LAMP_TENDER).points) <= 15


def test_value_and_place_do_not_lift_what_is_off_the_subject() -> None:
    judged = judge(LAMPS, ROAD_TENDER)

    assert part_of(judged, "value_band").verdict is part_of(judged, "place").verdict is Verdict.FITS
    assert judged.points <= 15


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [
        ("Construction of sewage treatment plant", "avloppsreningsverk"),
        ("Providing passenger lift in court building", "hissar"),
        ("Procurement of 12 kV switchgear panels", "mellanspänningsställverk"),
        ("Installation of rooftop solar plant", "solcellsanläggningar på tak"),
        ("Selection of agency for ICCC", "ledningscentral för städer"),
        ("Multilevel car parking", "parkeringshus"),
        ("Continuous ambient air quality monitoring station", "mätstationer för luftkvalitet"),
        ("Flood early warning system", "system för översvämningsvarning"),
        ("Supply of ultrasonic water meters with AMR", "fjärravlästa vattenmätare"),
        ("Biomining of legacy waste", "deponibrytning"),
        ("Electric bus charging station", "laddstationer för elbussar"),
        ("Smart classroom with interactive panels", "interaktiva tavlor för klassrum"),
    ],
)
def test_each_pair_finds_its_own_best(offered: str, wanted: str) -> None:
    profile = prepare_wanted(Wanted("sv", capabilities=(wanted,)))
    road = prepare_offered(ROAD_TENDER)

    best = subject_score(profile, prepare_offered(Offered(offered)), NO_COUNTS)

    assert best > 20
    assert subject_score(profile, road, NO_COUNTS) < best / 2


@pytest.mark.parametrize(
    ("value", "jv", "verdict", "sign"),
    [
        (Decimal(84_500_000), False, Verdict.FITS, 1),
        (Decimal(5_000_000), False, Verdict.FITS, 1),
        (Decimal(500_000_000), False, Verdict.FITS, 1),
        (Decimal(4_999_999), False, Verdict.GAP, -1),
        (Decimal(900_000_000), False, Verdict.GAP, -1),
        (Decimal(900_000_000), True, Verdict.GAP, 0),
        (None, False, Verdict.UNKNOWN, 0),
    ],
)
def test_the_value_counts_against_the_band(
    value: Decimal | None, *, jv: bool, verdict: Verdict, sign: int
) -> None:
    wanted = replace(LAMPS, is_joint_venture_willing=jv)

    part = part_of(judge(wanted, replace(LAMP_TENDER, value_inr=value)), "value_band")

    assert part.verdict is verdict
    assert (part.points > 0) - (part.points < 0) == sign
    assert dict(part.details).keys() == {"from", "to"} | ({"value"} if value else set())


def test_the_value_is_told_as_money() -> None:
    part = part_of(judge(LAMPS, LAMP_TENDER), "value_band")

    assert dict(part.details)["value"] == "INR 84500000"


@pytest.mark.parametrize(
    ("state", "verdict"), [("MH", Verdict.FITS), ("KA", Verdict.GAP), ("", Verdict.UNKNOWN)]
)
def test_the_place_counts_where_it_is_preferred(state: str, verdict: Verdict) -> None:
    doubtful = replace(LAMP_TENDER, title="Lighting of a park", description="", state=state)

    part = part_of(judge(LAMPS, doubtful), "place")

    assert part.verdict is verdict
    assert (part.points > 0) is (verdict is Verdict.FITS)
    assert part.details == ((("state", state),) if state else ())


@pytest.mark.parametrize(
    ("reference", "known"),
    [
        ("Styrsystem för 900 armaturer, Pune Smart City Development, 2021", "Pune Smart City Development"),
        ("Gatubelysning i PUNE, 2019", "Pune"),
        ("Gatubelysning i Punenda, 2019", None),
        ("Gatubelysning i Växjö, 2019", None),
    ],
)
def test_a_reference_to_the_buyer_or_its_city_counts(reference: str, known: str | None) -> None:
    doubtful = replace(LAMP_TENDER, title="Lighting of a park", description="", city="Pune")
    tender = replace(
        doubtful, buyer_name="Government of Maharashtra||Pune Smart City Development Corporation Ltd."
    )

    parts = [
        p for p in judge(replace(LAMPS, references=(reference,)), tender).parts if p.rule == "earlier_work"
    ]

    assert [part.details for part in parts] == ([(("known", known),)] if known else [])
    assert all(0 < part.points <= part.most for part in parts)


def test_a_known_buyer_does_not_lift_what_is_off_the_subject() -> None:
    loyal = replace(LAMPS, references=("Gatubelysning i Pune",))

    judged = judge(loyal, replace(ROAD_TENDER, city="Pune"))

    assert judged.points <= 5


def test_a_profile_that_does_not_mind_has_no_such_parts() -> None:
    easy = replace(LAMPS, value_from_inr=None, value_to_inr=None, states=())

    assert [part.rule for part in judge(easy, LAMP_TENDER).parts] == ["domain", "words"]


def test_a_declared_domain_counts_without_a_word_in_common() -> None:
    declared = Wanted("sv", domains=("lighting",))

    judged = judge(declared, LAMP_TENDER)

    assert part_of(judged, "domain").points > 0
    assert part_of(judged, "domain").evidence[0].wanted == "lighting"
    assert "street" in search_words(prepare_wanted(declared))


def test_a_code_counts_without_a_word() -> None:
    judged = judge(Wanted("sv", classification_codes=("34993000",)), LAMP_TENDER)

    assert part_of(judged, "domain").evidence[0].wanted == "34993000"


def test_a_domain_that_was_dropped_is_passed_over() -> None:
    assert judge(Wanted("sv", domains=("gone",)), LAMP_TENDER).points == 0
    assert domain_name("gone", "sv") == "gone"


def test_rare_words_tell_more_than_common_ones() -> None:
    counts = TermCounts(10_000, {"biochar": 3, "cement": 4_000})
    wanted = prepare_wanted(Wanted("en", capabilities=("biochar kilns", "cement testing")))

    rare = subject_score(wanted, prepare_offered(Offered("Biochar")), counts)
    common = subject_score(wanted, prepare_offered(Offered("Cement")), counts)

    assert rare > common


def test_the_title_counts_more_than_the_description() -> None:
    wanted = prepare_wanted(Wanted("en", capabilities=("escalators",)))

    in_title = subject_score(wanted, prepare_offered(Offered("Escalators", "Two, in Pune")), NO_COUNTS)
    below = subject_score(wanted, prepare_offered(Offered("Two, in Pune", "Escalators")), NO_COUNTS)

    assert in_title > below


def test_search_words_are_whole_english_words() -> None:
    words = search_words(prepare_wanted(LAMPS))

    assert {"street", "led", "luminaire"} <= set(words)
    assert "gatubelysning" not in words


def test_a_tender_is_filed_under_the_domains_it_names() -> None:
    assert domains_offered(prepare_offered(LAMP_TENDER))[0] == "lighting"
    assert domain_name("lighting", "sv") == "Belysning"
    assert domain_name("street-lighting", "en") == "street lighting"


def test_counting_counts_tenders_and_not_mentions() -> None:
    counts = count_terms([prepare_offered(Offered("Pump and pump")), prepare_offered(Offered("Pumps"))])

    assert (counts.documents, counts.frequencies["pump"]) == (2, 2)

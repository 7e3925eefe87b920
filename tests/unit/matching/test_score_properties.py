"""What holds of any score, whatever is compared."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.engine import (
    prepare_offered,
    prepare_wanted,
    score,
    search_words,
    subject_score,
)
from matching.scoring.records import NO_COUNTS, Offered, Score, TermCounts, Wanted
from matching.scoring.serialization import parts_from_json, parts_to_json


def judge(wanted: Wanted, offered: Offered, counts: TermCounts = NO_COUNTS) -> Score:
    return score(prepare_wanted(wanted), prepare_offered(offered), counts)


SAMPLE = (
    "LED street light CCMS water meter vattenmätare gatubelysning Pump STP reningsverk och of the ₹ 11kV İ ß "
    "lift irrigation hiss, GIS; substation – solar / waste-to-energy fjärrvärme SCADA avlopp road"
)
TEXTS = st.lists(st.sampled_from(SAMPLE.split()), max_size=12).map(" ".join) | st.text(max_size=30)
WANTED = st.builds(
    Wanted,
    language=st.sampled_from(["sv", "en"]),
    summary=TEXTS,
    capabilities=st.lists(TEXTS, max_size=4).map(tuple),
    references=st.lists(TEXTS, max_size=2).map(tuple),
    domains=st.lists(st.sampled_from(["lighting", "water-supply", "gone"]), max_size=2).map(tuple),
    classification_codes=st.lists(st.sampled_from(["42416100", "90513000-6", "x"]), max_size=2).map(tuple),
    value_from_inr=st.none() | st.just(Decimal(1_000)),
    value_to_inr=st.none() | st.just(Decimal(1_000_000)),
    states=st.lists(st.sampled_from(["MH", "GJ"]), max_size=2).map(tuple),
    is_joint_venture_willing=st.booleans(),
)
OFFERED = st.builds(
    Offered,
    title=TEXTS,
    description=TEXTS,
    product_category=TEXTS,
    classification_codes=st.lists(st.just("38421100"), max_size=1).map(tuple),
    value_inr=st.none() | st.decimals(0, 10_000_000, places=2),
    state=st.sampled_from(["", "MH", "KA"]),
)


@given(WANTED, OFFERED)
def test_parts_add_up_and_every_point_has_its_reason(wanted: Wanted, offered: Offered) -> None:
    judged = judge(wanted, offered)

    assert judged.points == sum(part.points for part in judged.parts)
    assert 0 <= judged.points <= 100
    for part in judged.parts:
        assert part.points <= part.most
        if part.points:
            assert part.evidence or part.details
    assert parts_from_json(parts_to_json(judged.parts)) == judged.parts


@given(WANTED, OFFERED)
def test_every_piece_of_evidence_stands_in_the_texts(wanted: Wanted, offered: Offered) -> None:
    theirs = (offered.title, offered.description, offered.product_category, *offered.classification_codes)
    ours = (
        wanted.summary,
        *wanted.capabilities,
        *wanted.references,
        *wanted.domains,
        *wanted.classification_codes,
    )

    for part in judge(wanted, offered).parts:
        for evidence in part.evidence:
            assert evidence.offered
            assert evidence.wanted
            assert any(evidence.offered in text for text in theirs)
            assert any(evidence.wanted in text for text in ours)


@given(WANTED, OFFERED)
def test_the_order_of_what_a_profile_lists_does_not_matter(wanted: Wanted, offered: Offered) -> None:
    turned = replace(
        wanted, capabilities=wanted.capabilities[::-1], classification_codes=wanted.classification_codes[::-1]
    )

    one, other = (
        subject_score(prepare_wanted(profile), prepare_offered(offered), NO_COUNTS)
        for profile in (wanted, turned)
    )

    assert one == pytest.approx(other)


@given(WANTED, OFFERED)
def test_a_score_without_subject_is_small(wanted: Wanted, offered: Offered) -> None:
    judged = judge(wanted, offered)
    subject = sum(part.points for part in judged.parts if part.rule in ("domain", "words"))

    assert judged.points <= subject + 15
    if not subject:
        assert judged.points == 0


@given(WANTED, OFFERED)
def test_what_has_a_subject_in_common_can_be_found_by_a_search(wanted: Wanted, offered: Offered) -> None:
    prepared = prepare_wanted(wanted)
    if subject_score(prepared, prepare_offered(offered), NO_COUNTS) > 20:
        assert search_words(prepared)

"""The product that stands in for the rules where there are very many to compare."""

from __future__ import annotations

import numpy as np
import pytest

from matching.index.records import ItemVector
from matching.scoring.engine import (
    OfferedMeaning,
    WantedMeaning,
    prepare_offered,
    prepare_wanted,
    subject_margin,
)
from matching.scoring.first_stage import offered_vector, wanted_direction, wanted_vector
from matching.scoring.records import NO_COUNTS, Offered, Wanted
from matching.scoring.vocabulary import DOMAINS

PROFILE = Wanted(
    "sv",
    summary="Vi levererar vattenmätare och läcksökning till kommuner.",
    capabilities=("ultraljudsvattenmätare", "fjärravläsning", "läcksökning"),
    domains=("water-supply",),
    classification_codes=("38421100",),
)
TENDERS = [
    Offered("Supply of ultrasonic water meters with AMR"),
    Offered("Leak detection survey and non revenue water", "District metering areas and flow meters."),
    Offered("Laying of DI pipe for water supply scheme"),
    Offered("Flow meter for sewage treatment plant"),
    Offered("Widening of link road"),
    Offered("Supply of LED street lights"),
]


def product(one: ItemVector, other: ItemVector) -> float:
    return sum(
        weight * theirs[name]
        for mine, theirs in ((one.terms, other.terms), (one.dims, other.dims))
        for name, weight in mine.items()
        if name in theirs
    )


def test_the_product_ranks_as_the_rules_do() -> None:
    wanted = prepare_wanted(PROFILE)
    prepared = [prepare_offered(tender) for tender in TENDERS]

    products = [product(wanted_vector(wanted), offered_vector(tender)) for tender in prepared]
    margins = [subject_margin(wanted, tender, NO_COUNTS) for tender in prepared]

    assert np.corrcoef(products, margins)[0, 1] > 0.95
    assert int(np.argmax(products)) == int(np.argmax(margins))


def test_what_has_nothing_in_common_is_nothing() -> None:
    wanted = wanted_vector(prepare_wanted(PROFILE))

    assert product(wanted, offered_vector(prepare_offered(TENDERS[4]))) == pytest.approx(0)


def test_meaning_adds_what_lies_in_its_direction_less_the_nearness_to_everything() -> None:
    east, north = np.eye(4, dtype=np.float32)[:2]
    wanted = prepare_wanted(PROFILE, WantedMeaning(np.stack([east, east]), ("a", "b"), east))
    direction = wanted_direction(wanted)
    assert direction is not None

    near, far, everywhere = (
        prepare_offered(TENDERS[4], OfferedMeaning(vector, nearness))
        for vector, nearness in ((east, 0.2), (north, 0.2), (east, 0.6))
    )
    told = [
        product(wanted_vector(wanted), offered_vector(tender)) + float(direction @ tender.meaning.vector)
        for tender in (near, far, everywhere)
        if tender.meaning is not None
    ]

    assert told[0] > told[2] > told[1]
    # The rule takes off besides what lies near nothing.
    assert told[0] == pytest.approx(subject_margin(wanted, near, NO_COUNTS), abs=0.6)


def test_without_a_meaning_there_is_no_direction() -> None:
    assert wanted_direction(prepare_wanted(PROFILE)) is None


def test_the_dims_are_few() -> None:
    every = wanted_vector(prepare_wanted(Wanted("en", domains=tuple(DOMAINS))))

    assert len(every.dims) <= 96

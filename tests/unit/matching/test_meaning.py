"""The rule that compares what texts mean, with an encoder of the test's own: words are directions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from matching.scoring.engine import (
    Meanings,
    OfferedMeaning,
    WantedMeaning,
    prepare_offered,
    prepare_wanted,
    score,
    subject_margin,
)
from matching.scoring.gloss import gloss
from matching.scoring.meaning import Vectors, text_of_offered
from matching.scoring.records import NO_COUNTS, Offered, Wanted

WIDTH = 256


class BagOfWords:
    """Two texts are as near as they share words, in whichever language."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        rows = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.casefold().split():
                row[sum(map(ord, word)) % WIDTH] += 1
        return rows

    def centre(self, vectors: Vectors, language: str) -> Vectors:
        centred: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return centred


TENDER = Offered("Quantum flux capacitors for the clock tower", "C/o tower")
PROFILE = Wanted("en", capabilities=("quantum flux capacitors", "sonic screwdrivers"))


@pytest.fixture
def meanings() -> Meanings:
    return Meanings(BagOfWords())


def test_what_lies_near_is_told_with_both_texts(meanings: Meanings) -> None:
    (said,) = meanings.of_offered([TENDER])
    wanted, offered = prepare_wanted(PROFILE, meanings.of_wanted(PROFILE)), prepare_offered(TENDER, said)

    judged = score(wanted, offered, NO_COUNTS)

    (part,) = (part for part in judged.parts if part.rule == "meaning")
    (evidence,) = part.evidence
    assert part.points > 0
    assert (evidence.wanted, evidence.kind) == ("quantum flux capacitors", "meaning")
    assert evidence.offered in TENDER.title
    assert judged.points == sum(part.points for part in judged.parts)


def test_a_score_tells_by_which_calibration_it_came_about(meanings: Meanings) -> None:
    (said,) = meanings.of_offered([TENDER])
    read = prepare_wanted(PROFILE, meanings.of_wanted(PROFILE))

    whole = score(read, prepare_offered(TENDER, said), NO_COUNTS)
    half = score(read, prepare_offered(TENDER), NO_COUNTS)

    assert whole.calibration != half.calibration
    assert {part.rule for part in half.parts} == {"domain", "words"}


def test_nearer_is_never_worth_less(meanings: Meanings) -> None:
    toward = np.zeros(WIDTH, np.float32)
    toward[0] = 1
    asks = WantedMeaning(toward[None], ("x",), toward)
    wanted = prepare_wanted(PROFILE, asks)
    margins = []
    for cosine in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        says = np.zeros(WIDTH, np.float32)
        says[:2] = cosine, (1 - cosine**2) ** 0.5
        margins.append(subject_margin(wanted, prepare_offered(TENDER, OfferedMeaning(says, 0.1)), NO_COUNTS))

    assert margins == sorted(margins)


def test_a_profile_that_says_nothing_means_nothing(meanings: Meanings) -> None:
    assert meanings.of_wanted(Wanted("sv")) is None


def test_a_profile_that_lists_nothing_is_read_by_its_summary(meanings: Meanings) -> None:
    read = meanings.of_wanted(Wanted("en", summary="We make lamps. We light streets."))

    assert read is not None
    assert read.texts == ("We make lamps.", "We light streets.")


def test_swedish_is_read_in_english_as_well() -> None:
    encoder = BagOfWords()

    Meanings(encoder).of_wanted(Wanted("sv", capabilities=("fjärravläsning av vattenmätare",)))

    assert "fjärravläsning av vattenmätare" in encoder.read
    assert gloss("fjärravläsning av vattenmätare") in encoder.read
    assert "water meter" in gloss("vattenmätare")


def test_what_a_works_department_buys_is_the_sub_head() -> None:
    assert text_of_offered(Offered("C/o hall (SH: passenger lifts)", "C/o hall")) == "passenger lifts)"

"""What CPV codes are called, and what they add to a profile."""

from __future__ import annotations

from matching.scoring.classification import LABELS, labels_of
from matching.scoring.engine import prepare_offered, prepare_wanted, score
from matching.scoring.records import NO_COUNTS, Offered, Wanted


def test_a_code_is_known_by_its_name_or_by_that_of_the_one_above() -> None:
    exact, above = labels_of("38421100-3"), labels_of("38421199")

    assert exact is not None
    assert above is not None
    assert exact.en == "water meters"
    assert above.en == "water meters"
    assert labels_of("99999999") is None
    assert labels_of("x") is None


def test_the_selection_covers_what_cities_buy() -> None:
    assert len(LABELS) >= 200
    assert {code[:2] for code in LABELS} >= {"31", "33", "34", "38", "42", "45", "48", "71", "90"}


def test_a_profile_of_codes_alone_finds_its_tenders_and_says_by_what() -> None:
    wanted = prepare_wanted(Wanted("sv", classification_codes=("90524000",)))

    judged = score(wanted, prepare_offered(Offered("Collection of medical waste from hospitals")), NO_COUNTS)

    (words,) = (part for part in judged.parts if part.rule == "words")
    assert judged.points > 0
    assert ("medical", "90524000", "medical waste", "code") in {
        (e.offered, e.wanted, e.bridge, e.kind) for e in words.evidence
    }

"""What a profile's words suggest, in both languages, and how codes are found by name."""

from __future__ import annotations

import pytest

from matching.scoring.label_search import MOST_LABELS, search_labels
from matching.scoring.proposals import Proposals, proposals
from matching.scoring.records import Wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [("sv", "Gatubelysning med LED-armaturer"), ("en", "LED street lighting and luminaires")],
)
def test_a_text_suggests_its_field_and_codes_in_either_language(language: str, text: str) -> None:
    found = proposals(Wanted(language, capabilities=(text,)))

    assert found.domains[0].slug == "lighting"
    assert found.domains[0].words in text
    assert "34928500" in {labels.code for labels in found.codes}


def test_what_is_chosen_already_is_not_suggested() -> None:
    chosen = Wanted(
        "en",
        capabilities=("Street lighting",),
        domains=("lighting",),
        classification_codes=("34928500-3",),
    )

    found = proposals(chosen)

    assert "lighting" not in {one.slug for one in found.domains}
    assert "34928500" not in {labels.code for labels in found.codes}


def test_a_trade_that_nobody_buys_for_suggests_nothing() -> None:
    assert proposals(Wanted("sv", "Vi gör kaffemuggar")) == Proposals()


@pytest.mark.parametrize("words", ["", " ", "a", "\x00", "💧💧"])
def test_too_little_to_search_for_finds_no_code(words: str) -> None:
    assert search_labels(words) == ()


def test_a_code_is_found_by_how_it_begins() -> None:
    found = search_labels("38421")

    assert {labels.code[:5] for labels in found} == {"38421"}
    assert len(search_labels("45")) == MOST_LABELS

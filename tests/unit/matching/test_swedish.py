"""Swedish words: compounds, parts and what they are in English."""

from __future__ import annotations

import pytest

from matching.scoring.lexicon import LEXICON, SPLITTER, english_for, swedish_units


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("vägbelysning", ["väg", "belysning"]),
        ("avloppspumpstationer", ["avlopp", "pumpstation"]),
        ("gatubelysningen", ["gata", "belysning"]),
        ("regnvattenhantering", ["regnvatten", "hantering"]),
        ("parkeringsautomater", ["parkering", "automat"]),
        ("fjärrvärmecentraler", ["fjärrvärme", "central"]),
        ("miljödata", ["miljö", "data"]),
        ("översvämningsvarning", ["översvämning", "varning"]),
        ("hissdörrarna", ["hiss", "dörr"]),
    ],
)
def test_a_compound_falls_into_the_parts_it_is_made_of(word: str, parts: list[str]) -> None:
    # A word may itself be known as a whole: what counts is that its parts lead to the same concepts.
    known = SPLITTER.key_of(word)

    assert known is not None or list(SPLITTER.split(word)) == [SPLITTER.key_of(part) for part in parts]


@pytest.mark.parametrize("word", ["modernisering", "noggrannheten", "håller", "levererar", "sibirisk"])
def test_what_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert len(SPLITTER.split(word)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("dator", "data"), ("lager", "lag"), ("syre", "syra"), ("fasad", "fas")],
)
def test_words_that_share_a_stem_are_told_apart(one: str, other: str) -> None:
    assert SPLITTER.split(one) != SPLITTER.split(other)


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("avloppsreningsverk", {"sewage", "treatment", "plant"}),
        ("gatubelysning", {"street", "light"}),
        ("hissarna", {"lift", "elevator"}),
        ("vattenmätare", {"water", "meter"}),
        ("temperaturgivare", {"temperature", "sensor"}),
        ("SCADA", {"scada"}),
        ("kinematisk", {"kinematic"}),
        ("axlarna", {"shaft"}),
        ("transformatorstationer", {"substation"}),
        ("elektronik", {"electronics"}),
    ],
)
def test_swedish_words_become_english_ones(written: str, english: set[str]) -> None:
    assert english <= {word for word, _ in english_for(written)}


@pytest.mark.parametrize("glue", ["och", "kunderna", "utvecklar", "största", "2024"])
def test_words_that_say_nothing_are_not_translated(glue: str) -> None:
    assert english_for(glue) == ()


def test_the_first_translation_is_the_surest() -> None:
    first, *later = english_for("hiss")

    assert first == ("lift", 1.0)
    assert all(sureness < 1.0 for _, sureness in later)


def test_parts_stand_where_their_word_stands() -> None:
    text = "Vi bygger vägbelysning."

    assert {text[unit.start : unit.end] for unit in swedish_units(text)} == {"Vi", "bygger", "vägbelysning"}


def test_the_lexicon_covers_the_trade() -> None:
    assert len(LEXICON) > 900
    assert all(word == word.casefold() for word in LEXICON)

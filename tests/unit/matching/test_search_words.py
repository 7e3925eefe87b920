from __future__ import annotations

import pytest

from matching.scoring.search_words import MOST_WORDS, corrected, tokens_of, understood
from opportunities.searching.terms import Reading, Term

SAID = frozenset({"street", "light", "smart", "brand", "pune", "water", "meter", "led", "traffic", "men"})


def terms_of(words: str, *, prefers_swedish: bool = False) -> tuple[Term, ...]:
    return understood(tokens_of(words), common={"the", "for"}, said=SAID, prefers_swedish=prefers_swedish)


def spelt(term: Term) -> set[str]:
    return {" + ".join(phrases) for phrases in term.choices}


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        ("gatubelysning", "street lighting"),
        ("Gatubelysningen", "street lighting"),
        ("avloppsreningsverk", "sewage + treatment plant"),
        ("trafikljus", "traffic + light"),
        ("fjärrvärme", "district heating"),
        ("stolpe", "pole"),
        ("vatten", "water"),
        ("elbuss", "electric bus"),
        ("styrning av belysning", "street lighting"),
    ],
)
def test_swedish_words_are_looked_for_in_english(swedish: str, english: str) -> None:
    (term,) = terms_of(swedish)

    assert term.reading is Reading.SWEDISH
    assert english in spelt(term)
    assert term.written == swedish


def test_each_word_must_be_found() -> None:
    smart, lighting, pune = terms_of("smart gatubelysning pune")

    assert [term.reading for term in (smart, lighting, pune)] == ["as_written", "swedish", "as_written"]


def test_an_abbreviation_is_also_looked_for_in_full() -> None:
    (term,) = terms_of("ICCC")

    assert term.reading is Reading.ABBREVIATION
    assert spelt(term) == {"ICCC", "integrated command and control centre"}


def test_what_has_an_abbreviation_is_also_looked_for_by_it() -> None:
    (term,) = terms_of("sewage treatment plant")

    assert spelt(term) == {"sewage + treatment + plant", "STP"}


@pytest.mark.parametrize(
    ("prefers_swedish", "found"), [(False, {"brand"}), (True, {"brand", "fire"})], ids=["English", "Swedish"]
)
def test_a_word_of_both_languages_goes_by_the_readers(found: set[str], *, prefers_swedish: bool) -> None:
    (term,) = terms_of("brand", prefers_swedish=prefers_swedish)

    assert spelt(term) == found


def test_quotation_marks_ask_for_the_very_words() -> None:
    (term,) = terms_of('"gatubelysning i Pune"')

    assert term.choices == (("gatubelysning i Pune",),)
    assert term.reading is Reading.AS_WRITTEN


def test_a_minus_leaves_out_what_follows_in_either_language() -> None:
    smart, lighting = terms_of("smart -gatubelysning")

    assert (smart.is_excluded, lighting.is_excluded) == (False, True)
    assert "street lighting" in spelt(lighting)


@pytest.mark.parametrize(
    "words", ["the", "för", "och", "", "   ", "!!", "&", "-", '""', "--", ":*", "( ) | !"]
)
def test_what_says_nothing_is_passed_over(words: str) -> None:
    assert terms_of(words) == ()


def test_words_that_only_join_are_english_where_somebody_says_them() -> None:
    assert [term.written for term in terms_of("men")] == ["men"]
    assert terms_of("men", prefers_swedish=True) == ()


def test_no_spelling_is_looked_for_that_another_finds() -> None:
    (term,) = terms_of("gatubelysning")

    assert not {"solar street light", "led street light"} & spelt(term)


@pytest.mark.parametrize(
    ("typed", "likely", "meant", "found"),
    [
        ("gatubelysnig", ("lightening",), "gatubelysning", "street lighting"),
        ("avlopsreningsverk", (), "avloppsreningsverk", "sewage + treatment plant"),
        ("trafic", ("traffic", "tragic"), "traffic", "traffic"),
        ("sewrage", ("sewerage",), "sewerage", "sewerage"),
    ],
)
def test_what_is_mistyped_is_read_as_the_nearest_word(
    typed: str, likely: tuple[str, ...], meant: str, found: str
) -> None:
    (term,) = terms_of(typed)

    mended = corrected(term, likely, prefers_swedish=False)

    assert (term.reading, mended.reading) == (Reading.MISSING, Reading.CORRECTED)
    assert (mended.written, mended.corrected) == (typed, meant)
    assert found in spelt(mended)


@pytest.mark.parametrize("typed", ["xyzzyq", "qqq", "12345", "a1b2"])
def test_what_is_like_nothing_stays_as_it_is(typed: str) -> None:
    (term,) = terms_of(typed)

    assert corrected(term, ("traffic",), prefers_swedish=True) == term


def test_no_more_words_are_read_than_anyone_types() -> None:
    assert len(tokens_of(" ".join(f"word{n}" for n in range(500)))) == MOST_WORDS


def test_it_tells_the_other_words_it_looks_for() -> None:
    (term,) = terms_of("gatubelysning")

    assert term.told[0] == "street lighting"
    assert len(term.told) == 4

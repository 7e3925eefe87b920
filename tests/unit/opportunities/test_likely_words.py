"""The words that a mistyped one is held against leave out none that it could be taken for."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from matching.scoring.search_words import LEAST_ALIKE
from opportunities.explore.said_words import FARTHEST

WORDS = st.text("abcdet", min_size=4, max_size=14)
SLIPS = st.lists(
    st.tuples(st.integers(0, 13), st.sampled_from(["lost", "doubled", "swapped", "x"])), max_size=3
)


@settings(max_examples=150, deadline=None)
@given(WORDS, SLIPS)
def test_whatever_is_alike_enough_is_near_enough(word: str, slips: list[tuple[int, str]]) -> None:
    typed = word
    for place, slip in slips:
        typed = _slipped(typed, place % max(1, len(typed)), slip)
    assume(len(typed) >= 4 and fuzz.ratio(typed, word) >= LEAST_ALIKE)

    assert _distance(typed, word) < FARTHEST


def _slipped(word: str, at: int, slip: str) -> str:
    before, letter, after = word[:at], word[at : at + 1], word[at + 1 :]
    return {
        "lost": before + after,
        "doubled": before + letter * 2 + after,
        "swapped": before + after[:1] + letter + after[1:],
        "x": before + "x" + after,
    }[slip]


def _distance(one: str, other: str) -> float:
    """As pg_trgm reckons it."""
    ours, theirs = _trigrams(one), _trigrams(other)
    return 1 - len(ours & theirs) / len(ours | theirs)


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}

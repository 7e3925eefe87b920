from __future__ import annotations

import numpy as np
import pytest

from matching.dense.packed_weights import Pieces
from matching.dense.word_pieces import WordPieces

KNOWN = {
    "<s>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    "▁": -9.0,
    "▁water": -3.0,
    "▁wat": -4.0,
    "er": -1.5,
    "meter": -3.0,
}
BEGIN, END, UNKNOWN = 0, 1, 2


@pytest.fixture
def pieces() -> WordPieces:
    known = Pieces(
        tuple(KNOWN),
        np.array(list(KNOWN.values()), np.float32),
        BEGIN,
        END,
        UNKNOWN,
        {ord("’"): "'", 0x2009: " "},
    )
    return WordPieces(known)


def names(numbers: list[int]) -> list[str]:
    return [list(KNOWN)[number] for number in numbers]


def test_the_likeliest_cut_wins(pieces: WordPieces) -> None:
    numbers = pieces.numbers("watermeter", most=10)

    assert names(numbers) == ["<s>", "▁water", "meter", "</s>"]


def test_a_letter_nobody_knows_is_unknown(pieces: WordPieces) -> None:
    numbers = pieces.numbers("waterÅ", most=10)

    assert names(numbers) == ["<s>", "▁water", "<unk>", "</s>"]


def test_odd_spaces_are_one_space(pieces: WordPieces) -> None:
    odd = pieces.numbers(" water  \u2009water", most=10)

    assert odd == pieces.numbers("water water", most=10)


def test_a_long_text_keeps_its_begin_and_its_end(pieces: WordPieces) -> None:
    numbers = pieces.numbers("water " * 100, most=5)

    assert names(numbers) == ["<s>", "▁water", "▁water", "▁water", "</s>"]


def test_no_text_is_begin_and_end(pieces: WordPieces) -> None:
    assert names(pieces.numbers("", most=5)) == ["<s>", "▁", "</s>"]

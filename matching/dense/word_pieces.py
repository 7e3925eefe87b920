"""Texts into the pieces that the model knows: for each word the likeliest way of cutting it."""

from __future__ import annotations

import re
from functools import lru_cache

from matching.dense.packed_weights import Pieces

_SPACES = re.compile(" {2,}")
# Stands for the space before a word, so that its first piece is told from one inside a word.
_BEFORE_A_WORD = "▁"
# A piece that nothing explains is this much less likely than the rarest one.
_UNKNOWN_PENALTY = 10.0
_WORDS_KEPT = 50_000


class WordPieces:
    """Cuts texts into piece numbers. No piece reaches over a space, so words are cut one by one and kept."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._known = {text: number for number, text in enumerate(pieces.texts) if number != pieces.unknown}
        self._longest = max(map(len, self._known))
        self._unknown_score = float(pieces.scores.min()) - _UNKNOWN_PENALTY
        self._of_word = lru_cache(maxsize=_WORDS_KEPT)(self._cut)

    def numbers(self, text: str, *, most: int) -> list[int]:
        """The piece numbers of a text, with its begin and its end, ``most`` at the most."""
        plain = _SPACES.sub(" ", text.translate(self._pieces.replaced))
        found: list[int] = []
        for word in plain.removeprefix(" ").split(" "):
            found += self._of_word(_BEFORE_A_WORD + word)
            if len(found) >= most:
                break
        return [self._pieces.begin, *found[: most - 2], self._pieces.end]

    def _cut(self, word: str) -> tuple[int, ...]:
        """The likeliest cut of one word: the best way to each letter, from the first to the last."""
        best = [0.0] + [float("-inf")] * len(word)
        through: list[tuple[int, int]] = [(0, 0)] * (len(word) + 1)  # where the last piece began, and which
        for start in range(len(word)):
            for stop in range(start + 1, min(len(word), start + self._longest) + 1):
                number = self._known.get(word[start:stop])
                if number is not None:
                    likely = best[start] + float(self._pieces.scores[number])
                elif stop == start + 1:
                    number, likely = self._pieces.unknown, best[start] + self._unknown_score
                else:
                    continue
                if likely > best[stop]:
                    best[stop] = likely
                    through[stop] = (start, number)
        numbers: list[int] = []
        at = len(word)
        while at:
            at, number = through[at]
            numbers.append(number)
        return tuple(reversed(numbers))

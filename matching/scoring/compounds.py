"""Swedish compounds taken apart: avloppsreningsverk is avlopp, rening and verk."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from matching.scoring.words import stem_of

_SHORTEST_PART = 3
_LONGEST_PART = 24
# After a beginning that isn't known only a longer head is sure: "modernise-ring" is no ring.
_SHORTEST_HEAD_AFTER_UNKNOWN = 5
# A stretch that isn't known costs more than any number of known parts.
_UNKNOWN = 100


class Splitter:
    """Splits words into parts it knows. Parts are given as dictionary forms."""

    def __init__(self, words: Iterable[str]) -> None:
        self._heads: set[str] = set()  # stems, since the last part is inflected
        self._forms: dict[str, str] = {}  # first and middle parts as they are written, and their stems
        self._split = lru_cache(maxsize=100_000)(self._split_once)
        for word in words:
            self.add(word)

    def add(self, word: str) -> None:
        stem = stem_of(word, "sv")
        self._heads.add(stem)
        for form in _joining_forms(word):
            self._forms.setdefault(form, stem)
        self._split.cache_clear()

    def knows(self, word: str) -> bool:
        return stem_of(word, "sv") in self._heads

    def is_known_through(self, word: str) -> bool:
        """Whether the word is known, or is made of known parts only."""
        return all(stem in self._heads for stem in self.split(word))

    def split(self, word: str) -> tuple[str, ...]:
        """The stems of a lower-case word's parts; of the word itself where no known part ends it.

        A beginning that isn't known is kept as it stands: only the head has to be known.
        """
        return self._split(word)

    def _split_once(self, word: str) -> tuple[str, ...]:
        whole = stem_of(word, "sv")
        if whole in self._heads or len(word) < 2 * _SHORTEST_PART:
            return (whole,)
        beginnings = self._cheapest_beginnings(word)
        best: tuple[int, tuple[str, ...]] | None = None
        for cut in range(len(word) - _SHORTEST_PART, 0, -1):
            head = stem_of(word[cut:], "sv")
            if head in self._heads and cut in beginnings:
                cost, parts = beginnings[cut]
                if cost >= _UNKNOWN and len(word) - cut < _SHORTEST_HEAD_AFTER_UNKNOWN:
                    continue
                if best is None or cost < best[0]:
                    best = (cost, (*parts, head))
        return best[1] if best else (whole,)

    def _cheapest_beginnings(self, word: str) -> dict[int, tuple[int, tuple[str, ...]]]:
        """For each place a cut may fall: what the parts before it cost, and which they are."""
        cheapest: dict[int, tuple[int, tuple[str, ...]]] = {0: (0, ())}
        for end in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            choices: list[tuple[int, tuple[str, ...]]] = (
                [(_UNKNOWN + end, (word[:end],))] if end > _SHORTEST_PART else []
            )
            for start in range(max(0, end - _LONGEST_PART), end - _SHORTEST_PART + 1):
                stem = self._forms.get(word[start:end])
                if stem is not None and start in cheapest:
                    cost, parts = cheapest[start]
                    choices.append((cost + 1, (*parts, stem)))
            if choices:
                cheapest[end] = min(choices, key=lambda choice: choice[0])
        return cheapest


def _joining_forms(word: str) -> Iterable[str]:
    """How a word is written when another is joined to it: avlopp(s), gat(u), mätar(e)."""
    yield word
    yield word + "s"
    if word[-1] in "ae" and len(word) > 3:
        short = word[:-1]
        yield short
        for vowel in "aoue" if word[-1] == "a" else "s":
            yield short + vowel
    if word.endswith("el") and len(word) > 4:
        yield word[:-2] + "el"

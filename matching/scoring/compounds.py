"""Swedish compounds taken apart: avloppsreningsverk is avlopp, rening and verk."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from matching.scoring.words import stem_of

_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7
_LONGEST_PART = 24
# After a beginning that isn't known only a longer head is sure: "modernise-ring" is no ring.
_SHORTEST_HEAD_AFTER_UNKNOWN = 5
# A stretch that isn't known costs more than any number of known parts.
_UNKNOWN = 100


class Splitter:
    """Splits words into parts it knows. Parts are given as dictionary forms."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_form: dict[str, str] = {}  # the last part, as it may be inflected, and its key
        self._by_stem: dict[str, str] = {}  # likewise, for forms that weren't thought of
        self._joining: dict[str, str] = {}  # first and middle parts as they are written, and their keys
        self._keys: set[str] = set()
        self._split = lru_cache(maxsize=100_000)(self._split_once)
        for word in words:
            self.add(word)

    def add(self, word: str) -> None:
        stem = stem_of(word, "sv")
        # Some words share a stem ("data", "dator"): the later one goes by itself.
        key = f"={word}" if stem in self._by_stem else stem
        self._keys.add(key)
        self._by_stem.setdefault(stem, key)
        self._by_form[word] = key
        for form in inflected_forms(word):
            self._by_form.setdefault(form, key)
            self._by_stem.setdefault(stem_of(form, "sv"), key)
        for form in _joining_forms(word):
            self._joining.setdefault(form, key)
        self._split.cache_clear()

    def key_of(self, word: str) -> str | None:
        """What a word that is known by itself goes by, in whatever form it stands."""
        return self._by_form.get(word) or self._by_stem.get(stem_of(word, "sv"))

    def is_made_of_known_parts(self, word: str) -> bool:
        return all(part in self._keys for part in self.split(word))

    def split(self, word: str) -> tuple[str, ...]:
        """What a lower-case word's parts go by; the word's own stem where no known part ends it.

        A beginning that isn't known is kept as it stands: only the head has to be known.
        """
        return self._split(word)

    def _split_once(self, word: str) -> tuple[str, ...]:
        known = self.key_of(word)
        if known is not None:
            return (known,)
        whole = (stem_of(word, "sv"),)
        if len(word) < _SHORTEST_COMPOUND:
            return whole
        beginnings = self._cheapest_beginnings(word)
        best: tuple[int, tuple[str, ...]] | None = None
        for cut in range(len(word) - _SHORTEST_PART, 0, -1):
            head = self.key_of(word[cut:])
            if head is None or cut not in beginnings:
                continue
            cost, parts = beginnings[cut]
            if cost >= _UNKNOWN and len(head) < _SHORTEST_HEAD_AFTER_UNKNOWN:
                continue
            if best is None or cost < best[0]:
                best = (cost, (*parts, head))
        return best[1] if best else whole

    def _cheapest_beginnings(self, word: str) -> dict[int, tuple[int, tuple[str, ...]]]:
        """For each place a cut may fall: what the parts before it cost, and which they are."""
        cheapest: dict[int, tuple[int, tuple[str, ...]]] = {0: (0, ())}
        for end in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            choices: list[tuple[int, tuple[str, ...]]] = (
                [(_UNKNOWN + end, (word[:end],))] if end > _SHORTEST_PART else []
            )
            for start in range(max(0, end - _LONGEST_PART), end - _SHORTEST_PART + 1):
                key = self._joining.get(word[start:end])
                if key is not None and start in cheapest:
                    cost, parts = cheapest[start]
                    choices.append((cost + 1, (*parts, key)))
            if choices:
                cheapest[end] = min(choices, key=lambda choice: choice[0])
        return cheapest


def inflected_forms(word: str) -> Iterable[str]:
    """Plural and definite forms: the stemmer takes "automat" and "automater" for two words."""
    short = word[:-1] if word[-1] in "ae" else word
    forms = [short + ending for ending in ("en", "et", "er", "ar", "or", "n")]
    if word.endswith(("el", "er")) and len(word) > _SHORTEST_PART:
        # axel, axlar; filter, filtret; cylinder, cylindrar
        forms += [word[:-2] + word[-1] + ending for ending in ("ar", "arna", "er", "erna", "et")]
    return forms


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

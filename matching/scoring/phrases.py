"""Finds the vocabulary's concepts in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching.scoring.words import Unit

# A phrase whose words stand apart or in another order ("lights for the street") is less sure.
LOOSE_SHARE = 0.6
_LOOSE_SLACK = 2
# In Swedish a word inside a longer term is the term's: värmeåtervinning is no återvinning. In English, where
# it may as well be an adjective of its own ("solar street light"), it counts in full.
_INSIDE_SHARE = 0.4
# What only modifies a compound's head is less sure: an ultraljudsmätare is a meter first.
MODIFIER_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Phrase:
    """The stems of a term. ``weight`` 0 means: here the concept is not meant."""

    concept: str
    stems: tuple[str, ...]
    weight: float
    word: str  # the term's only word in its plainest form; "" where it has several


@dataclass(frozen=True, slots=True)
class Finding:
    """A concept, where a text names it and how surely."""

    concept: str
    stems: tuple[str, ...]
    sureness: float  # 0–1
    start: int
    end: int


_Occurrence = tuple[Phrase, int, int, float]  # from and to which unit, and how sure


class PhraseFinder:
    """Finds phrases in sequences of stems; each phrase is looked for only where its first stem occurs."""

    def __init__(self, phrases: Iterable[Phrase], *, may_be_loose: bool) -> None:
        """``may_be_loose``: whether the words of a phrase may stand apart, as in English they do."""
        self._may_be_loose = may_be_loose
        self._by_first: defaultdict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            self._by_first[phrase.stems[0]].append(phrase)

    def find(self, units: Sequence[Unit]) -> list[Finding]:
        """Every concept that is named, each at every place, less those that the text itself rules out."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, unit in enumerate(units):
            places[unit.stem].append(index)
        findings: list[_Occurrence] = []
        for stem, starts in places.items():
            for phrase in self._by_first.get(stem, ()):
                findings.extend(self._occurrences(phrase, starts, places, units))
        ruled_out: defaultdict[str, set[int]] = defaultdict(set)
        for phrase, first, last, _ in findings:
            if not phrase.weight:
                ruled_out[phrase.concept].update(range(first, last + 1))
        return [
            Finding(
                phrase.concept,
                phrase.stems,
                phrase.weight * share,
                units[first].start,
                units[last].end,
            )
            for phrase, first, last, share in findings
            if phrase.weight and not ruled_out[phrase.concept].issuperset(range(first, last + 1))
        ]

    def _occurrences(
        self,
        phrase: Phrase,
        starts: Sequence[int],
        places: Mapping[str, Sequence[int]],
        units: Sequence[Unit],
    ) -> Iterable[_Occurrence]:
        length = len(phrase.stems)
        if length == 1:
            return [
                (phrase, start, start, _share_of_head(units, start))
                for start in starts
                if units[start].word == phrase.word
            ]
        if any(stem not in places for stem in phrase.stems[1:]):
            return []
        exact = [
            (phrase, start, start + length - 1, _share_of_head(units, start + length - 1))
            for start in starts
            if tuple(unit.stem for unit in units[start : start + length]) == phrase.stems
        ]
        if exact or not self._may_be_loose or not phrase.weight:
            return exact
        return self._loose_occurrence(phrase, starts, places)

    def _loose_occurrence(
        self, phrase: Phrase, starts: Sequence[int], places: Mapping[str, Sequence[int]]
    ) -> Iterable[_Occurrence]:
        for start in starts:
            nearest = [_nearest(places[stem], start) for stem in phrase.stems]
            first, last = min(nearest), max(nearest)
            if len(set(nearest)) == len(nearest) and last - first < len(nearest) + _LOOSE_SLACK:
                yield phrase, first, last, LOOSE_SHARE


def _places_inside_longer(findings: Iterable[_Occurrence]) -> set[int]:
    return {index for _, first, last, _ in findings if first < last for index in range(first, last + 1)}


def _share_of_head(units: Sequence[Unit], last: int) -> float:
    """1 where a phrase ends with a word, less where it ends inside a compound."""
    is_inside = last + 1 < len(units) and units[last + 1].start == units[last].start
    return MODIFIER_SHARE if is_inside else 1.0


def _nearest(places: Sequence[int], place: int) -> int:
    return min(places, key=lambda other: abs(other - place))

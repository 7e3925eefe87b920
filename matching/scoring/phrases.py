"""Finds the vocabulary's concepts in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching.scoring.words import Unit

# A phrase whose words stand apart or in another order ("lights for the street") is less sure.
LOOSE_SHARE = 0.6
_LOOSE_SLACK = 2


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
            return [(phrase, start, start, 1.0) for start in starts if units[start].word == phrase.word]
        if any(stem not in places for stem in phrase.stems[1:]):
            return []
        exact = [
            (phrase, start, start + length - 1, 1.0)
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


def _nearest(places: Sequence[int], place: int) -> int:
    return min(places, key=lambda other: abs(other - place))

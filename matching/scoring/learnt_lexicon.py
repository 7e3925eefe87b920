"""A lexicon learnt from labels that say the same in two languages, by which words meet how often.

The first of IBM's translation models: each foreign word is explained by one of ours, and what explains it in
other labels as well explains it more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

_ROUNDS = 8
_LEAST = 0.02  # less is chance
_MOST = 5  # translations kept of a word

Pair = tuple[Sequence[str], Sequence[str]]  # the stems of a label in Swedish and in English


def learn_lexicon(pairs: Iterable[Pair]) -> dict[str, dict[str, float]]:
    """Return for each Swedish stem its likeliest English ones and how likely each is."""
    labels = [(tuple(dict.fromkeys(ours)), tuple(dict.fromkeys(theirs))) for ours, theirs in pairs]
    chances: dict[str, dict[str, float]] = {}
    for ours, theirs in labels:
        for word in ours:
            chances.setdefault(word, {}).update(dict.fromkeys(theirs, 1.0))
    for _ in range(_ROUNDS):
        chances = _explained_again(labels, chances)
    return {
        word: dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST])
        for word, found in chances.items()
    }


def _explained_again(
    labels: Sequence[Pair], chances: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    counted: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for ours, theirs in labels:
        for foreign in theirs:
            whole = sum(chances[word].get(foreign, 0.0) for word in ours)
            for word in ours:
                share = chances[word].get(foreign, 0.0)
                if share:
                    counted[word][foreign] += share / whole
    return {
        word: {foreign: count / whole for foreign, count in found.items() if count / whole > _LEAST}
        for word, found in counted.items()
        if (whole := sum(found.values()))
    }

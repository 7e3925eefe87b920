"""CPV codes by what they are called, in Swedish or English, or by how they begin."""

from __future__ import annotations

from matching.scoring.classification import LABELS, Labels

MOST_LABELS = 12


def search_labels(words: str) -> tuple[Labels, ...]:
    """The labels that hold every word, or whose code begins so; the shortest name first."""
    asked = words.casefold().split()[:8]
    if not asked or len("".join(asked)) < 2:
        return ()
    found = [labels for labels in LABELS.values() if all(_holds(labels, word) for word in asked)]
    found.sort(key=lambda labels: (len(labels.en) + len(labels.sv), labels.code))
    return tuple(found[:MOST_LABELS])


def _holds(labels: Labels, word: str) -> bool:
    if word.isdigit():
        return labels.code.startswith(word[:8])
    return word in labels.sv.casefold() or word in labels.en.casefold()

"""Words that say little about what is bought or sold. The lists stand in vocabulary/common_words/."""

from __future__ import annotations

from pathlib import Path

from matching.scoring.words import stem_of

_FOLDER = Path(__file__).parent / "vocabulary" / "common_words"

# How much of a word's weight is left where every notice or company says it.
WEAK_SHARE = 0.12


def _words(name: str) -> frozenset[str]:
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


ENGLISH_GLUE = frozenset(stem_of(word, "en") for word in _words("english_glue"))
ENGLISH_WEAK = frozenset(
    stem_of(word, "en") for name in ("english_procurement", "english_business") for word in _words(name)
)
SWEDISH_GLUE = _words("swedish_glue")


def english_weight(stem: str) -> float:
    """0 for glue and bare numbers, little for what every notice or company says, else 1."""
    if stem in ENGLISH_GLUE or stem.isdigit():
        return 0.0
    return WEAK_SHARE if stem in ENGLISH_WEAK else 1.0

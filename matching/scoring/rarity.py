"""How telling a stem is: rare ones tell more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log

from matching.scoring.common_words import english_weight
from matching.scoring.prepare import PreparedOffered
from matching.scoring.records import TermCounts

# Before much has been counted, a word is taken to be this common. The counts outweigh it as they grow.
_IMAGINED_DOCUMENTS = 400
_USUAL_SHARE = 0.004
_WEAK_WORDS_SHARE = 0.2


def rarity(stem: str, counts: TermCounts) -> float:
    """0 for a word that is everywhere, 1 for one that has hardly been seen."""
    usual = _USUAL_SHARE if english_weight(stem) == 1.0 else _WEAK_WORDS_SHARE
    documents = counts.documents + _IMAGINED_DOCUMENTS
    holding = counts.frequencies.get(stem, 0) + _IMAGINED_DOCUMENTS * usual
    return max(0.0, log(documents / holding) / log(documents / (_IMAGINED_DOCUMENTS * _USUAL_SHARE)))


def count_terms(tenders: Iterable[PreparedOffered]) -> TermCounts:
    """Count in how many tenders each stem occurs."""
    documents = 0
    frequencies: Counter[str] = Counter()
    for tender in tenders:
        documents += 1
        frequencies.update(tender.words.keys())
    return TermCounts(documents, frequencies)

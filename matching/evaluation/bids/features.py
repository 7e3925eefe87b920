"""How near each tender of the pool lies to each bidder's earlier ones, by each of several measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from matching.evaluation.bids.contest import Contest
from matching.evaluation.bids.density import OF_ALL, OF_KIND, OF_TEXT, densities
from matching.evaluation.bids.habits import gains, lately, usual_sizes
from matching.evaluation.bids.nearness import (
    Matrix,
    averaging,
    dense,
    near_best,
    near_middle,
    rarity,
    rows_of,
    weighted,
)
from matching.evaluation.bids.reading import BidTender
from matching.scoring.common_words import english_weight
from matching.scoring.concepts import find_concepts
from matching.scoring.meaning import TextEncoder
from matching.scoring.words import english_units

BM25 = "bm25"
TEXT = (
    BM25,
    "tfidf",
    "tfidf best",
    "tfidf best three",
    "meaning",
    "meaning best",
    "concepts",
    "concepts best",
    *OF_TEXT,
)
PORTABLE = (
    *TEXT,
    "category gain",
    "value, narrowly",
    "value, widely",
    "state gain",
    "lately",
    *OF_KIND,
)
# Fewer of the text: what a density holds already isn't given twice, or little would be learnt of each.
ALL = (
    *(BM25, "tfidf best three", "meaning best", "concepts", "lately"),
    *("category gain", "value, narrowly", "buyer gain", "branch gain", "pincode gain", "location gain"),
    *(*OF_TEXT, *OF_KIND, *OF_ALL),
)

_LONGEST = 600


def features(contest: Contest, encoder: TextEncoder | None) -> dict[str, Matrix]:
    """Every measure by its name. Without an encoder those of meaning are left out."""
    texts = [tender.text for tender in contest.tenders]
    stems = rows_of(
        [unit.stem for unit in english_units(text) if english_weight(unit.stem)] for text in texts
    )
    by_stem = weighted(stems, contest.pool)
    concepts = weighted(
        rows_of([f.concept for f in find_concepts(text, "en")] for text in texts), contest.pool
    )
    found = {
        BM25: _bm25(stems, contest),
        "tfidf": near_middle(by_stem, contest),
        "tfidf best": near_best(by_stem, contest, 1),
        "tfidf best three": near_best(by_stem, contest, 3),
        "concepts": near_middle(concepts, contest),
        "concepts best": near_best(concepts, contest, 1),
    }
    vectors = None
    if encoder is not None:
        vectors = encoder.centre(encoder.encode([text[:_LONGEST] for text in texts]), "en")
        centred = vectors - vectors[contest.pool].mean(axis=0)
        centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        found["meaning"] = near_middle(centred, contest)
        found["meaning best"] = near_best(centred, contest, 1)
    for name, traits in _TRAITS.items():
        found[f"{name} gain"] = gains(contest, traits)
    found["lately"] = lately(contest, by_stem)
    return found | usual_sizes(contest) | densities(contest, by_stem, vectors)


_TRAITS: Mapping[str, Callable[[BidTender], Sequence[str]]] = {
    "category": lambda tender: [tender.product],
    "state": lambda tender: [tender.state],
    "buyer": lambda tender: [tender.organisation],
    "branch": lambda tender: ["||".join(tender.organisation.split("||")[:3])],
    "pincode": lambda tender: [tender.pincode] if tender.pincode else [],
    "location": lambda tender: re.findall(r"[a-z]{3,}", tender.location),
}


def _bm25(counts: Any, contest: Contest) -> Matrix:
    pool = counts[list(contest.pool)].tocsr()
    lengths = np.asarray(pool.sum(axis=1)).ravel()
    longness = 0.25 + 0.75 * lengths / max(lengths.mean(), 1e-9)
    per_cell = np.repeat(longness, np.diff(pool.indptr))
    pool.data = rarity(counts, contest.pool)[pool.indices] * pool.data * 2.2 / (pool.data + 1.2 * per_cell)
    asked = (averaging(contest) @ counts).tocsr()
    asked.data = asked.data / (asked.data + 0.5)
    return dense(asked @ pool.T)

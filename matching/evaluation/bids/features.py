"""How near each tender of the pool lies to each bidder's earlier ones, by each of several measures."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.evaluation.bids.contest import Contest
from matching.evaluation.bids.reading import BidTender
from matching.scoring.common_words import english_weight
from matching.scoring.concepts import find_concepts
from matching.scoring.meaning import TextEncoder
from matching.scoring.words import english_units

Matrix: TypeAlias = NDArray[np.float32]  # a row for each bidder, a column for each tender of the pool

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
)
PORTABLE = (*TEXT, "category", "value", "state")
ALL = (*PORTABLE, "buyer", "buyer's parent", "district", "pincode", "location")

_LONGEST = 600
_LEAST_VALUE = 1e3


def features(contest: Contest, encoder: TextEncoder | None) -> dict[str, Matrix]:
    """Every measure by its name. Without an encoder those of meaning are left out."""
    texts = [tender.text for tender in contest.tenders]
    stems = _rows([unit.stem for unit in english_units(text) if english_weight(unit.stem)] for text in texts)
    weighted = _weighted(stems, contest.pool)
    concepts = _weighted(
        _rows([f.concept for f in find_concepts(text, "en")] for text in texts), contest.pool
    )
    found = {
        BM25: _bm25(stems, contest),
        "tfidf": _near_middle(weighted, contest),
        "tfidf best": _near_best(weighted, contest, 1),
        "tfidf best three": _near_best(weighted, contest, 3),
        "concepts": _near_middle(concepts, contest),
        "concepts best": _near_best(concepts, contest, 1),
        "value": _value_fit(contest),
    }
    if encoder is not None:
        vectors = encoder.centre(encoder.encode([text[:_LONGEST] for text in texts]), "en")
        centred = vectors - vectors[contest.pool].mean(axis=0)
        centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
        found["meaning"] = _near_middle(centred, contest)
        found["meaning best"] = _near_best(centred, contest, 1)
    for name, traits in _TRAITS.items():
        found[name] = _shares(contest, traits)
    return found


_TRAITS: Mapping[str, Callable[[BidTender], Sequence[str]]] = {
    "category": lambda tender: [tender.product],
    "state": lambda tender: [tender.state],
    "buyer": lambda tender: [tender.organisation],
    "buyer's parent": lambda tender: [tender.organisation.split("||")[0]],
    "district": lambda tender: [tender.pincode[:3]] if len(tender.pincode) > 2 else [],
    "pincode": lambda tender: [tender.pincode] if tender.pincode else [],
    "location": lambda tender: re.findall(r"[a-z]{3,}", tender.location),
}


def _rows(documents: Iterable[Sequence[str]]) -> Any:
    """How often each document holds each name, as a sparse matrix."""
    from scipy import sparse  # noqa: PLC0415  # of requirements/bench.in

    names: dict[str, int] = {}
    counted = [Counter(document) for document in documents]
    cells = [
        (number, names.setdefault(name, len(names)), times)
        for number, counts in enumerate(counted)
        for name, times in counts.items()
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix(
        (np.array(values, np.float32), (rows, columns)), shape=(len(counted), max(1, len(names)))
    )


def _rarity(counts: Any, pool: Sequence[int]) -> NDArray[np.float32]:
    holding = np.asarray((counts[list(pool)] > 0).sum(axis=0)).ravel()
    rarity: NDArray[np.float32] = np.log(1 + (len(pool) - holding + 0.5) / (holding + 0.5)).astype(np.float32)
    return rarity


def _weighted(counts: Any, pool: Sequence[int]) -> Any:
    """Rows of unit length, rare names first."""
    from scipy import sparse  # noqa: PLC0415

    flattened = counts.copy()
    flattened.data = 1 + np.log(flattened.data)
    rows = flattened.multiply(_rarity(counts, pool)).tocsr()
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.maximum(length, 1e-9)) @ rows).tocsr()


def _bm25(counts: Any, contest: Contest) -> Matrix:
    pool = counts[list(contest.pool)].tocsr()
    lengths = np.asarray(pool.sum(axis=1)).ravel()
    longness = 0.25 + 0.75 * lengths / max(lengths.mean(), 1e-9)
    per_cell = np.repeat(longness, np.diff(pool.indptr))
    pool.data = _rarity(counts, contest.pool)[pool.indices] * pool.data * 2.2 / (pool.data + 1.2 * per_cell)
    asked = (_averaging(contest) @ counts).tocsr()
    asked.data = asked.data / (asked.data + 0.5)
    return _dense(asked @ pool.T)


def _near_middle(rows: Any, contest: Contest) -> Matrix:
    """The cosine with the mean of a bidder's earlier tenders."""
    middles = _averaging(contest) @ rows
    lengths = np.sqrt(np.asarray(_squared(middles).sum(axis=1)).ravel()).astype(np.float32)
    near: Matrix = _dense(middles @ rows[list(contest.pool)].T) / np.maximum(lengths, 1e-9)[:, None]
    return near


def _near_best(rows: Any, contest: Contest, most: int) -> Matrix:
    """The cosine with the nearest of a bidder's earlier tenders, or the mean of the nearest few."""
    pool = rows[list(contest.pool)].T
    best = []
    for before in contest.before:
        near = _dense(rows[list(before)] @ pool)
        best.append(np.sort(near, axis=0)[-most:].mean(axis=0))
    return np.stack(best)


def _value_fit(contest: Contest) -> Matrix:
    """How near the value lies to those of a bidder's earlier tenders, in powers of ten; 0 is nearest."""
    logs = np.array([math.log10(max(t.value_inr, _LEAST_VALUE)) for t in contest.tenders], np.float32)
    usual = np.array([logs[list(before)].mean() for before in contest.before], np.float32)
    fit: Matrix = -np.abs(usual[:, None] - logs[list(contest.pool)][None, :])
    return fit


def _shares(contest: Contest, traits: Callable[[BidTender], Sequence[str]]) -> Matrix:
    """In which share of a bidder's earlier tenders each trait of a tender occurred."""
    rows = _rows(traits(tender) for tender in contest.tenders)
    pool = rows[list(contest.pool)].T
    return _dense(_averaging(contest) @ rows @ pool)


def _averaging(contest: Contest) -> Any:
    """A matrix that takes rows of tenders to the mean of each bidder's earlier ones."""
    from scipy import sparse  # noqa: PLC0415

    cells = [
        (bidder, number, 1 / len(before)) for bidder, before in enumerate(contest.before) for number in before
    ]
    rows, columns, values = zip(*cells, strict=True)
    return sparse.csr_matrix(
        (np.array(values, np.float32), (rows, columns)), shape=(len(contest.before), len(contest.tenders))
    )


def _squared(matrix: Any) -> Any:
    return matrix.multiply(matrix) if hasattr(matrix, "multiply") else matrix * matrix


def _dense(matrix: Any) -> Matrix:
    dense: Matrix = np.asarray(matrix.toarray() if hasattr(matrix, "toarray") else matrix, np.float32)
    return dense

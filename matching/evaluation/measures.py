"""What a ranking is worth. Grades: 3 the core offering, 2 worth considering, 1 the same field, 0 neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

WORTH_CONSIDERING = 2
_FIRST, _FIRST_PAGE = 10, 20


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one ranking, or means over several. A tender that nobody judged counts as grade 0."""

    ndcg_at_10: float  # gain 2^grade - 1
    recall_at_20: float  # out of at most 20
    reciprocal_rank: float  # of the first that is worth considering
    judged_at_10: float


def measure(ranked: Sequence[str], grades: Mapping[str, int]) -> Measures | None:
    """Measure one profile's ranking, best first; None where nothing was judged worth considering."""
    worth = {tender for tender, grade in grades.items() if grade >= WORTH_CONSIDERING}
    if not worth:
        return None
    first = ranked[:_FIRST]
    ideal = _gain(sorted(grades.values(), reverse=True)[:_FIRST])
    rank = next((place for place, tender in enumerate(ranked, start=1) if tender in worth), None)
    return Measures(
        _gain([grades.get(tender, 0) for tender in first]) / ideal,
        len(worth.intersection(ranked[:_FIRST_PAGE])) / min(_FIRST_PAGE, len(worth)),
        1 / rank if rank else 0.0,
        sum(tender in grades for tender in first) / _FIRST,
    )


def mean(measured: Iterable[Measures]) -> Measures | None:
    every = list(measured)
    if not every:
        return None
    return Measures(
        *(
            sum(getattr(one, name) for one in every) / len(every)
            for name in ("ndcg_at_10", "recall_at_20", "reciprocal_rank", "judged_at_10")
        )
    )


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))

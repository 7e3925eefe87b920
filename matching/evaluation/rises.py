"""Whether something rose, and how surely: means before and after, with an interval over companies."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

HEADER = "n\tbefore\tafter\trise\t95 % of the rises\trose\tfell"
_REDRAWN = 2_000
_SEED = 1
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Rise:
    """One company's measure before and after."""

    before: float
    after: float


def tell(title: str, rises: Sequence[Rise]) -> str:
    """A line under ``HEADER``, its cells apart by tabs."""
    if not rises:
        return f"{title}\t0" + "\t-" * 6
    gains = [each.after - each.before for each in rises]
    low, high = interval(gains)
    before, after, gain = (
        sum(values) / len(rises)
        for values in ([each.before for each in rises], [each.after for each in rises], gains)
    )
    rose, fell = sum(each > _EQUAL for each in gains), sum(each < -_EQUAL for each in gains)
    means = f"{before:.3f}\t{after:.3f}\t{gain:+.3f}\t{low:+.3f} to {high:+.3f}"
    return f"{title}\t{len(rises)}\t{means}\t{rose}\t{fell}"


def interval(gains: Sequence[float]) -> tuple[float, float]:
    """Where the mean lies in 95 of 100 draws of as many companies from these (bootstrap); always the same."""
    chance = random.Random(_SEED)  # noqa: S311  # for an order, not for a secret
    means = sorted(sum(chance.choices(gains, k=len(gains))) / len(gains) for _ in range(_REDRAWN))
    return means[int(_REDRAWN * 0.025)], means[int(_REDRAWN * 0.975) - 1]

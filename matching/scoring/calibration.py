"""From how strongly the rules speak to a score from 0 to 100: the chance that a tender is worth considering.

A 70 means the same for every profile and in both languages: of ten tenders with a 70, seven were judged worth
considering. The constants were fitted to judged pairs; see docs/matching.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

# However much there is in common, so many in a hundred turn out not to be worth it.
_SUREST = 0.96
# Nearer to either end of the curve than this there is no telling where on it a score lies.
_MOST_SHARE = 0.99


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a margin becomes a chance. ``name`` is stored with what was scored by it."""

    name: str
    slope: float
    offset: float

    def chance(self, margin: float) -> float:
        """0–1. Nothing in common is no chance at all."""
        return _SUREST / (1 + exp(-(self.slope * margin + self.offset))) if margin > 0 else 0.0


def log_odds(points: float) -> float:
    """Where a score of so many points lies on the curve, as far as points can tell."""
    share = min(_MOST_SHARE, max(1 - _MOST_SHARE, points / (100 * _SUREST)))
    return log(share / (1 - share))


def from_log_odds(odds: float) -> float:
    """The points of a place on the curve."""
    return 100 * _SUREST / (1 + exp(-odds))


# What a rule's strength counts in the margin. None is negative: more in common never lowers a score.
DOMAIN_WEIGHT, WORDS_WEIGHT, MEANING_WEIGHT = 3.5, 0.85, 10.0

WITH_MEANING = Calibration("meaning-4", 1.08, -7.5)
WITHOUT_MEANING = Calibration("words-4", 1.38, -5.83)


def is_by_words(name: str) -> bool:
    """Whether the calibration of this name is one of scores that were made without meaning."""
    return name.startswith("words-")


def shifted(chance: float, shift: float) -> float:
    """A chance moved by so much in log-odds: much in the middle, hardly where it is nearly sure."""
    if chance <= 0 or chance >= 1:
        return chance
    return 1 / (1 + exp(-(log(chance / (1 - chance)) + shift)))


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to ``total``: largest remainders first."""
    whole = sum(weights)
    if whole <= 0:
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (shares[index] - exact[index], index))
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares

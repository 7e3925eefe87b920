"""Whether a chance that is told comes true as often as told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

Pairs = Sequence[tuple[float, bool]]  # a margin, and whether the tender was worth considering

_BINS = 10
_STEPS = 40


def fit_chance(companies: Sequence[Pairs]) -> tuple[float, float]:
    """Slope and offset of the logistic curve from margins to chances; each company counts alike.

    Newton's method. With nothing to learn from, both are 0.
    """
    slope = offset = 0.0
    pairs = [(margin, worth, 1 / len(company)) for company in companies for margin, worth in company]
    for _ in range(_STEPS):
        gs = go = 0.0
        hss, hso, hoo = 1e-9, 0.0, 1e-9
        for margin, worth, weight in pairs:
            chance = 1 / (1 + exp(-(slope * margin + offset)))
            error, curve = weight * (worth - chance), weight * chance * (1 - chance)
            gs, go = gs + error * margin, go + error
            hss, hso, hoo = hss + curve * margin * margin, hso + curve * margin, hoo + curve
        determinant = hss * hoo - hso * hso
        if abs(determinant) < 1e-12:
            break
        slope += (hoo * gs - hso * go) / determinant
        offset += (hss * go - hso * gs) / determinant
    return slope, offset


def calibration_error(told: Pairs) -> float:
    """The mean distance between what is told (0–1) and how often it comes true, over ten bins (ECE)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for chance, worth in told:
        bins[min(_BINS - 1, int(chance * _BINS))].append((chance, worth))
    return sum(
        abs(sum(chance for chance, _ in held) - sum(worth for _, worth in held)) for held in bins
    ) / max(1, len(told))


def leaving_one_out(companies: Mapping[str, Pairs], fields: Mapping[str, str] | None = None) -> float:
    """The calibration error over all companies, each told by a curve that was fitted to the others.

    Where each company's field is given, the curve is fitted to companies of other fields.
    """
    told: list[tuple[float, bool]] = []
    field_of = fields or {name: name for name in companies}
    for left_out, pairs in companies.items():
        slope, offset = fit_chance(
            [others for name, others in companies.items() if field_of[name] != field_of[left_out] and others]
        )
        told += [(1 / (1 + exp(-(slope * margin + offset))), worth) for margin, worth in pairs]
    return calibration_error(told)

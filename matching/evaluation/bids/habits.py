"""What a bidder comes back to: the buyers, places, sizes and trades of its earlier bids."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from matching.evaluation.bids.contest import Contest
from matching.evaluation.bids.nearness import (
    Matrix,
    averaging,
    dense,
    near_best,
    near_middle,
    rows_of,
    weighted,
)
from matching.evaluation.bids.reading import BidTender

Traits = Callable[[BidTender], Sequence[str]]

# As many made-up bids, spread as everybody's are, stand beside a bidder's own.
_PRIOR_BIDS = 2.0
_HALF_LIFE_DAYS = 365
_LEAST_VALUE = 1e3
# Powers of ten within which a value is of the size a bidder is used to, narrowly and widely.
_NARROW, _WIDE = 0.3, 0.6
_VALUE_UNKNOWN = 0.3
# What being of the same buyer, or near in place or text, counts without the other.
_ALONE = 0.1


def gains(contest: Contest, traits: Traits) -> Matrix:
    """How much likelier traits are among a bidder's earlier bids than among all: a logarithm, 0 or more."""
    from scipy import sparse  # noqa: PLC0415  # of requirements/bench.in

    rows = rows_of(set(traits(tender)) for tender in contest.tenders)
    earlier = [n for n, tender in enumerate(contest.tenders) if tender.published_at < contest.split_at]
    usual = np.asarray(rows[earlier].mean(axis=0)).ravel() + 1 / max(1, len(earlier))
    shares = (averaging(contest) @ rows).tocoo()
    bids = np.array([len(before) for before in contest.before])[shares.row]
    likelier = (shares.data * bids + _PRIOR_BIDS * usual[shares.col]) / (
        (bids + _PRIOR_BIDS) * usual[shares.col]
    )
    gained = sparse.csr_matrix(
        (np.log(np.maximum(likelier, 1)), (shares.row, shares.col)), shape=shares.shape
    )
    return dense(gained @ rows[list(contest.pool)].T)


def usual_sizes(contest: Contest) -> dict[str, Matrix]:
    """How many of a bidder's earlier tenders were about as large, in powers of ten of rupees."""
    logs = np.array([math.log10(max(t.value_inr, _LEAST_VALUE)) for t in contest.tenders], np.float32)
    known = np.array([contest.tenders[number].value_inr > 0 for number in contest.pool])
    of_pool = logs[list(contest.pool)]

    def near(before: Sequence[int], width: float) -> Any:
        apart = (of_pool[None, :] - logs[list(before)][:, None]) / width
        return np.where(known, np.exp(-0.5 * apart**2).mean(axis=0), _VALUE_UNKNOWN)

    return {
        name: np.stack([near(before, width) for before in contest.before]).astype(np.float32)
        for name, width in (("value, narrowly", _NARROW), ("value, widely", _WIDE))
    }


def like_earlier(contest: Contest, texts: Any) -> dict[str, Matrix]:
    """How near a text lies to earlier ones of the same trade, buyer or place, and to the latest."""
    places = weighted(
        rows_of(
            re.findall(r"[a-z]{3,}", f"{t.organisation} {t.location}".casefold()) for t in contest.tenders
        ),
        contest.pool,
    )
    same = {
        "same category": _numbers(contest, lambda tender: tender.product),
        "same buyer": _numbers(contest, lambda tender: tender.organisation),
        "same parent": _numbers(contest, lambda tender: tender.organisation.split("||")[0]),
    }
    age = np.array([(contest.split_at - t.published_at).days for t in contest.tenders], np.float32)
    found: dict[str, list[Any]] = {}
    for before in map(list, contest.before):
        near, near_place = (
            dense(texts[before] @ _pool(texts, contest)),
            dense(places[before] @ _pool(places, contest)),
        )
        late = 0.5 ** (age[before] / _HALF_LIFE_DAYS)[:, None]
        told: Mapping[str, Any] = {
            name: ((near + _ALONE) * (of[before][:, None] == of[list(contest.pool)])).max(axis=0)
            for name, of in same.items()
        }
        told = {
            **told,
            "lately": (near * late).sum(axis=0) / late.sum(),
            "lately nearest": (near * late).max(axis=0),
            "place lately": (near_place * late).sum(axis=0) / late.sum(),
            "text and place": ((near + _ALONE / 2) * (near_place + _ALONE)).max(axis=0),
        }
        for name, row in told.items():
            found.setdefault(name, []).append(row)
    matrices = {name: np.stack(rows).astype(np.float32) for name, rows in found.items()}
    return matrices | {"place": near_middle(places, contest), "place nearest": near_best(places, contest, 1)}


def _pool(rows: Any, contest: Contest) -> Any:
    return rows[list(contest.pool)].T


def _numbers(contest: Contest, trait: Callable[[BidTender], str]) -> Any:
    known: dict[str, int] = {}
    return np.array([known.setdefault(trait(tender), len(known)) for tender in contest.tenders])

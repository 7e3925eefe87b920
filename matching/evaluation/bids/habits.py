"""What a bidder comes back to: the buyers, places, sizes and trades of its earlier bids."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from matching.evaluation.bids.contest import Contest
from matching.evaluation.bids.nearness import Matrix, averaging, dense, rows_of
from matching.evaluation.bids.reading import BidTender

Traits = Callable[[BidTender], Sequence[str]]

# As many made-up bids, spread as everybody's are, stand beside a bidder's own.
_PRIOR_BIDS = 2.0
_HALF_LIFE_DAYS = 365
_LEAST_VALUE = 1e3
# Powers of ten within which a value is of the size a bidder is used to, narrowly and widely.
_NARROW, _WIDE = 0.3, 0.6
_VALUE_UNKNOWN = 0.3


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


def lately(contest: Contest, texts: Any) -> Matrix:
    """How near a text lies to a bidder's earlier ones, the latest counting most."""
    pool = texts[list(contest.pool)].T
    age = np.array([(contest.split_at - t.published_at).days for t in contest.tenders], np.float32)
    rows = []
    for before in map(list, contest.before):
        late = 0.5 ** (age[before] / _HALF_LIFE_DAYS)[:, None]
        rows.append((dense(texts[before] @ pool) * late).sum(axis=0) / late.sum())
    return np.stack(rows).astype(np.float32)

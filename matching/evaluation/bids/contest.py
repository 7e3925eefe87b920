"""Bidders with what they bid on before a moment, and tenders after it: never a random split."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.evaluation.bids.reading import BidTender

_BEFORE_SHARE = 0.78  # of the tenders
_LEAST_BEFORE, _MOST_BEFORE = 3, 20  # bids that make a profile
_SEED = 3


@dataclass(frozen=True, slots=True)
class Contest:
    """Tenders by their numbers; of each bidder what it bid on before, and what of the pool after."""

    tenders: Sequence[BidTender]
    pool: Sequence[int]
    before: Sequence[Sequence[int]]
    after: Sequence[Sequence[int]]
    split_at: datetime

    @property
    def half(self) -> int:
        """Bidders up to this one are learnt from, those after it measured."""
        return len(self.before) // 2


def hold_contest(tenders: Sequence[BidTender]) -> Contest:
    """Split the tenders, oldest first, and pair each bidder's earlier with its later ones."""
    cut = int(len(tenders) * _BEFORE_SHARE)
    split_at = tenders[cut].published_at
    earlier: dict[str, list[int]] = defaultdict(list)
    later: dict[str, list[int]] = defaultdict(list)
    for number, tender in enumerate(tenders):
        for bidder in tender.bidders:
            (earlier if tender.published_at < split_at else later)[bidder].append(number)
    pairs = []
    for bidder in sorted(earlier.keys() & later.keys()):
        before = earlier[bidder][-_MOST_BEFORE:]
        seen = {tenders[number].package for number in before}
        # A package that was let in parts would give itself away.
        after = [number for number in later[bidder] if tenders[number].package not in seen]
        if len(before) >= _LEAST_BEFORE and after:
            pairs.append((before, after))
    random.Random(_SEED).shuffle(pairs)  # noqa: S311  # for an order, not for a secret
    pool = [number for number, tender in enumerate(tenders) if tender.published_at >= split_at]
    return Contest(tenders, pool, [before for before, _ in pairs], [after for _, after in pairs], split_at)

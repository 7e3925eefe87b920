from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opportunities.compile import Change


@dataclass(frozen=True, slots=True)
class Slippage:
    """How the expected quarter has moved: from where it stood first to where it stands now."""

    first_from: date
    first_until: date | None
    days: int  # later than first told; below 0 it is expected earlier
    times: int  # how often it has moved

    @property
    def is_later(self) -> bool:
        return self.days > 0

    @property
    def quarters(self) -> int:
        """Rounded, and without a sign."""
        return round(abs(self.days) / (365.25 / 4))


def slippage(revisions: Iterable[tuple[Change, ...]]) -> Slippage | None:
    """What a project's revisions, in order, add up to; None where its quarter stands as first told."""
    first: date | None = None
    first_until: date | None = None
    last: date | None = None
    times = 0
    for changes in revisions:
        told = {change.field: change for change in changes}
        begins = told.get("tender_expected_from")
        if begins is None or begins.after is None:
            continue
        if first is None:
            first = begins.after
            first_until = told["tender_expected_until"].after if "tender_expected_until" in told else None
        elif begins.before is not None or begins.after != last:
            times += 1
        last = begins.after
    if first is None or last is None or first == last:
        return None
    return Slippage(first, first_until, (last - first).days, times)

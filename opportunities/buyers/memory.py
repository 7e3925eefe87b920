"""What a buyer's tenders so far were like, as far as enough of them say so."""

from __future__ import annotations

from dataclasses import dataclass

# Fewer tell of those tenders, not of the buyer.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and on how many tenders it rests, at least FEWEST. Shares are from 0 to 1."""

    value: float
    of: int


@dataclass(frozen=True, slots=True)
class Memory:
    """``tenders`` is how many are remembered; a figure is None where too few speak of it."""

    tenders: int
    bid_days: Figure | None  # from publication to the first deadline, the middle one
    extended: Figure | None  # share of the closed ones that we watched whose deadline was moved later
    extension_days: Figure | None  # by how much on average, of those that were
    cancelled: Figure | None  # share called off or invited anew
    security: Figure | None  # bid security as a share of the value, the middle one

    @property
    def has_figures(self) -> bool:
        return any((self.bid_days, self.extended, self.cancelled, self.security))


def figure(value: float | None, of: int) -> Figure | None:
    return None if value is None or of < FEWEST else Figure(value, of)


def share(part: int, of: int) -> Figure | None:
    return Figure(part / of, of) if of >= FEWEST else None

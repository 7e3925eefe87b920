"""Counts of what companies did, told only where they say nothing of any few of them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEAST = 5  # companies
# What companies did, by what it was: a company for each time
Acts = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Things that companies did: a company for each."""

    each: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        return len(self.each)

    @property
    def companies(self) -> frozenset[int]:
        return frozenset(self.each)


def movers(before: Acts, after: Acts) -> frozenset[int]:
    """The companies of which one tells something that the other doesn't."""
    return frozenset(
        company
        for what in before.keys() | after.keys()
        for company in _difference(before.get(what, ()), after.get(what, ()))
    )


def may_move(before: Acts, after: Acts, *, sides: int = 1) -> bool:
    """Whether what was told before may be told anew: five companies or more moved it, on every side.

    Otherwise who holds the two against each other would learn what a few did between them. ``sides`` says
    how many companies each thing names, one after the other.
    """
    return all(
        len(movers(_side(before, side, sides), _side(after, side, sides))) >= LEAST for side in range(sides)
    )


def told(cell: Cell) -> int | None:
    """How many things, where five companies or more did them. None, also for nought: nobody, or a few."""
    return cell.count if len(cell.companies) >= LEAST else None


def told_share(part: int, whole: int) -> int | None:
    """How many of a known number of companies, where neither they nor the others are fewer than five."""
    others = whole - part
    return part if part >= LEAST and (others == 0 or others >= LEAST) else None


def told_chain(cells: Sequence[Cell]) -> list[int | None]:
    """Of cells that each hold the next, what may be told.

    A cell is left out as well where few companies account for what lies between it and the last that is
    told: the difference would say what it hides. ``cells`` hold what each stage has beyond the next one.
    """
    shown: list[int | None] = []
    hidden = Cell()
    for place in range(len(cells)):
        rest = _joined(cells[place:])
        allowed = len(rest.companies) >= LEAST and (not hidden.count or len(hidden.companies) >= LEAST)
        shown.append(rest.count if allowed else None)
        hidden = cells[place] if allowed else _joined([hidden, cells[place]])
    return shown


def told_parts(parts: Sequence[Cell]) -> list[int | None]:
    """Of cells that together make up a whole whose number may be told, what may be told.

    Where few companies account for what is left out, the smallest of the others is left out with it: the
    whole would say what is hidden.
    """
    shown = [told(part) for part in parts]
    while True:
        hidden = _joined([part for part, count in zip(parts, shown, strict=True) if count is None])
        others = [place for place, count in enumerate(shown) if count is not None]
        if not hidden.count or len(hidden.companies) >= LEAST or not others:
            return shown
        shown[min(others, key=lambda place: parts[place].count)] = None


def _joined(cells: Sequence[Cell]) -> Cell:
    return Cell(tuple(company for cell in cells for company in cell.each))


def _difference(some: Sequence[int], others: Sequence[int]) -> Counter[int]:
    one, other = Counter(some), Counter(others)
    return (one - other) + (other - one)


def _side(acts: Acts, side: int, sides: int) -> dict[str, Sequence[int]]:
    return {what: companies[side::sides] for what, companies in acts.items()}

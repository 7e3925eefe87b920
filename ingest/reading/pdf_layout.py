"""Where words stand on a page: letters into words, words into lines and pieces of lines, rules into tables.

All measures are points, up and to the right, as the page is meant to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# What a page turned out to be
READ, IMAGE, DAMAGED = "read", "image", "damaged"

# In heights of a letter, which are a little more than the size of its font
_SAME_LINE = 0.5
_SAME_WORD = 0.25
_SAME_PIECE = 1.0
# In points
_TOUCHING = 2.5
_SHORTEST_RULE = 6.0
# A rule that leaves out more of its table's width divides some cells, and no rows.
_WHOLE_WIDTH = 0.8
# A page with more is a drawing.
_MOST_RULES = 300


@dataclass(slots=True)
class Word:
    words: str
    left: float
    right: float
    bottom: float
    top: float
    line: int = 0  # from 1, once lines are numbered

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line without a wide gap between them: in a table without rules, a cell."""

    words: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at ``at`` across the page's other direction, from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class RuledRow:
    line: int  # where it begins
    last_line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class WordMaker:
    """Puts letters together, in the order in which the file has them."""

    words: list[Word] = field(default_factory=list)
    _is_open: bool = False

    def add(self, letter: str, left: float, right: float, bottom: float, top: float) -> None:
        if letter.isspace() or not letter.isprintable():
            self._is_open = False
            return
        last = self.words[-1] if self._is_open else None
        if last and _continues(last, left, (bottom + top) / 2):
            last.words += letter
            last.right = max(last.right, right)
            last.bottom, last.top = min(last.bottom, bottom), max(last.top, top)
        else:
            self.words.append(Word(letter, left, right, bottom, top))
            self._is_open = True


def _continues(word: Word, left: float, middle: float) -> bool:
    gap, room = left - word.right, word.height * _SAME_WORD
    return -2 * room < gap < room and abs(middle - word.middle) < word.height * _SAME_LINE / 2


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """The words by line, from the top of the page, each line from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.middle):
        first = lines[-1][0] if lines else None
        if first and abs(first.middle - word.middle) < _SAME_LINE * max(first.height, word.height):
            lines[-1].append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda word: word.left)
    return lines


def number_lines(lines: Iterable[Sequence[Word]]) -> None:
    for number, line in enumerate(lines, start=1):
        for word in line:
            word.line = number


def pieces_of(line: Sequence[Word]) -> list[Piece]:
    """A line's words, divided where the gap between them is wider than any between words of a sentence."""
    runs: list[list[Word]] = [[line[0]]]
    for before, word in pairwise(line):
        if word.left - before.right > _SAME_PIECE * max(before.height, word.height):
            runs.append([])
        runs[-1].append(word)
    return [Piece(" ".join(word.words for word in run), run[0].left, run[-1].right) for run in runs]


def join_lines(lines: Iterable[str]) -> str:
    """The lines of a cell as one. What ends in a mark that joins was broken for want of room."""
    whole = ""
    for line in lines:
        whole += line if not whole or whole.endswith(("_", "/", "-")) else f" {line}"
    return whole


def tables_of(
    words: Sequence[Word], across: Iterable[Rule], upright: Iterable[Rule]
) -> Iterator[list[RuledRow]]:
    """The rows of each table that is drawn with rules, given the words with their lines' numbers."""
    across, upright = _joined(across), _joined(upright)
    if len(across) + len(upright) > _MOST_RULES:
        return
    for rows, columns in _grids(across, upright):
        if found := list(_rows_of(words, rows, columns)):
            yield found


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules drawn bit by bit, or twice, as one each."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at / _TOUCHING), rule.start)):
        last = joined[-1] if joined else None
        if last and abs(last.at - rule.at) < _TOUCHING and rule.start < last.end + _TOUCHING:
            joined[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return [rule for rule in joined if rule.end - rule.start > _SHORTEST_RULE]


def _grids(across: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[float], list[float]]]:
    """Where the rows (from the top) and columns of each table end."""
    left = list(upright)
    while left:
        rows: list[Rule] = []
        columns = [left.pop()]
        # Whatever touches what is found already belongs to the same table.
        ahead = list(columns)
        while ahead:
            rule = ahead.pop()
            crossing = [row for row in across if row not in rows and _cross(row, rule)]
            rows += crossing
            met = [column for column in left if any(_cross(row, column) for row in crossing)]
            left = [column for column in left if column not in met]
            columns += met
            ahead += met
        edges = _distinct(column.at for column in columns)
        width = edges[-1] - edges[0]
        whole = [row for row in rows if row.end - row.start >= _WHOLE_WIDTH * width]
        heights = _distinct(row.at for row in whole)
        if len(edges) > 2 and len(heights) > 1:
            yield heights[::-1], edges


def _cross(row: Rule, column: Rule) -> bool:
    return (
        row.start - _TOUCHING <= column.at <= row.end + _TOUCHING
        and column.start - _TOUCHING <= row.at <= column.end + _TOUCHING
    )


def _distinct(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _TOUCHING:
            kept.append(place)
    return kept


def _rows_of(words: Sequence[Word], heights: list[float], edges: list[float]) -> Iterator[RuledRow]:
    for top, bottom in pairwise(heights):
        inside = [word for word in words if bottom < word.middle < top]
        row: list[str] = []
        held: list[Word] = []
        for left, right in pairwise(edges):
            cell = [word for word in inside if left < (word.left + word.right) / 2 < right]
            held += cell
            row.append(join_lines(" ".join(word.words for word in line) for line in lines_of(cell)))
        if held:
            numbers = [word.line for word in held]
            yield RuledRow(min(numbers), max(numbers), tuple(row))

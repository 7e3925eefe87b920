"""The pages of a PDF as ``ingest.reading.pdf`` lays them out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.reading.jail import read_in_jail
from ingest.reading.pdf_layout import Piece, RuledRow

_READER = "ingest.reading.pdf"
_SIGN = b"%PDF-"
_SIGN_BEFORE = 1024  # bytes: readers allow for something ahead of it
# As many lines at a page's top and bottom may be there for the looks: "Page 2 of 9", the publisher's name.
_EDGE = 2
_FEWEST_PAGES = 3
_PAGE_COUNT = re.compile(r"page \d+(?: ?(?:of|/) ?\d+)?|\d+ of \d+|[-–] ?\d+ ?[-–]", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PdfLine:
    page: int
    number: int
    pieces: tuple[Piece, ...]

    @property
    def place(self) -> str:
        return f"page {self.page}, line {self.number}"

    @property
    def words(self) -> str:
        return " ".join(piece.words for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class PdfPage:
    number: int
    state: str  # one of those in ingest.reading.pdf_layout
    lines: tuple[PdfLine, ...]
    tables: tuple[tuple[RuledRow, ...], ...]


def is_pdf(body: bytes) -> bool:
    return _SIGN in body[:_SIGN_BEFORE] and not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read_pages(body: bytes) -> list[PdfPage]:
    """Raise SourceChanged with what is wrong with it: locked, damaged, too large, nothing but images."""
    return [_page(*json.loads(line)) for line in read_in_jail(_READER, body)]


def _page(
    number: int,
    state: str,
    lines: list[list[tuple[str, float, float]]],
    tables: list[list[tuple[int, int, list[str]]]],
) -> PdfPage:
    return PdfPage(
        number,
        state,
        tuple(
            PdfLine(number, count, tuple(Piece(*piece) for piece in line))
            for count, line in enumerate(lines, start=1)
        ),
        tuple(tuple(RuledRow(first, last, tuple(cells)) for first, last, cells in table) for table in tables),
    )


def running_heads(pages: list[PdfPage]) -> set[PdfLine]:
    """The lines at the edge of pages that count them, or stand there on most pages."""
    edges = [line for page in pages for line in _edges(page.lines)]
    counting = {line for line in edges if any(_PAGE_COUNT.fullmatch(piece.words) for piece in line.pieces)}
    if len(pages) < _FEWEST_PAGES:
        return counting
    seen = Counter(shape for _page, shape in {(line.page, _shape(line)) for line in edges})
    return counting | {line for line in edges if 2 * seen[_shape(line)] > len(pages)}


def _edges(lines: tuple[PdfLine, ...]) -> Iterable[PdfLine]:
    return lines if len(lines) <= 2 * _EDGE else (*lines[:_EDGE], *lines[-_EDGE:])


def _shape(line: PdfLine) -> str:
    return _NUMBER.sub("0", line.words)

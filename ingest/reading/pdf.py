"""The lines and tables of a PDF as JSON, a line for each page. Runs as a child of ``ingest.reading.jail``.

Nothing in the file is run, followed or unpacked but what stands on its pages: the build that we use has no
JavaScript, and what is attached to a PDF is not looked at.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from itertools import islice, pairwise

import pypdfium2
from pypdfium2 import raw

from ingest.reading.jail import confine, refuse
from ingest.reading.pdf_layout import (
    DAMAGED,
    IMAGE,
    READ,
    Rule,
    Word,
    WordMaker,
    lines_of,
    number_lines,
    pieces_of,
    tables_of,
)

MOST_PAGES = 300
MOST_LETTERS = 20_000  # on one page: a full one has some 4,000
_MOST_SHAPES = 5_000  # on one page
_STRAIGHT = 1.0  # points
_WHY_NOT_OPENED = {
    raw.FPDF_ERR_PASSWORD: "the PDF is locked with a password: save it without one, or type it in by hand",
    raw.FPDF_ERR_SECURITY: "the PDF is locked in a way that can't be opened: type it in by hand",
}
_WHY_NOTHING = {
    IMAGE: "the PDF holds page images without text: type it in by hand",
    READ: "the PDF holds no text: type it in by hand",
    DAMAGED: "none of the PDF's pages can be opened: it is damaged",
}


def main() -> None:
    confine()
    try:
        pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        refuse(_WHY_NOT_OPENED.get(getattr(error, "err_code", None), "the PDF is damaged or incomplete"))
    if len(pdf) > MOST_PAGES:
        refuse(f"the PDF has {len(pdf)} pages; {MOST_PAGES} are read at most")
    states: set[str] = set()
    has_words = False
    for number in range(1, len(pdf) + 1):
        described = _described(pdf, number)
        states.add(str(described[1]))
        has_words = has_words or bool(described[2])
        sys.stdout.write(json.dumps(described, ensure_ascii=False) + "\n")
    if not has_words:
        refuse(next(why for state, why in _WHY_NOTHING.items() if state in states or state == DAMAGED))
    sys.stdout.flush()


def _described(pdf: pypdfium2.PdfDocument, number: int) -> list[object]:
    try:
        page = pdf[number - 1]
        words = _words(page, number)
    except pypdfium2.PdfiumError:
        return [number, DAMAGED, [], []]
    lines = lines_of(words)
    number_lines(lines)
    pieces = [[[p.words, p.left, p.right] for p in pieces_of(line)] for line in lines]
    across, upright = _rules(page)
    tables = [
        [[row.line, row.last_line, row.cells] for row in rows] for rows in tables_of(words, across, upright)
    ]
    state = READ if words or not _has_image(page) else IMAGE
    page.close()
    return [number, state, pieces, tables]


def _has_image(page: pypdfium2.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _words(page: pypdfium2.PdfPage, number: int) -> list[Word]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > MOST_LETTERS:
        refuse(f"page {number} of the PDF holds more than {MOST_LETTERS} letters")
    maker, box, turned = WordMaker(), raw.FS_RECTF(), _Turned(page)
    for at in range(max(count, 0)):
        letter = chr(min(raw.FPDFText_GetUnicode(text, at), 0x10FFFF))
        raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
        left, bottom = turned.point(box.left, box.bottom)
        right, top = turned.point(box.right, box.top)
        maker.add(letter, min(left, right), max(left, right), min(bottom, top), max(bottom, top))
    text.close()
    return maker.words


class _Turned:
    """A page that is shown turned by quarters."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._quarters = raw.FPDFPage_GetRotation(page)

    def point(self, x: float, y: float) -> tuple[float, float]:
        return ((x, y), (y, -x), (-x, -y), (-y, x))[self._quarters]


def _rules(page: pypdfium2.PdfPage) -> tuple[list[Rule], list[Rule]]:
    """The straight lines that are drawn on a page, across it and upright."""
    turned = _Turned(page)
    across: list[Rule] = []
    upright: list[Rule] = []
    shapes = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)
    for shape in islice(shapes, _MOST_SHAPES):
        matrix = shape.get_matrix()
        for start, end in _strokes(shape):
            (ax, ay), (bx, by) = turned.point(*matrix.on_point(*start)), turned.point(*matrix.on_point(*end))
            if abs(ay - by) < _STRAIGHT:
                across.append(Rule(ay, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) < _STRAIGHT:
                upright.append(Rule(ax, min(ay, by), max(ay, by)))
    return across, upright


def _strokes(shape: pypdfium2.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    count = min(raw.FPDFPath_CountSegments(shape), _MOST_SHAPES)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(shape, at)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield from pairwise(points)
            points = []
        points.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield from pairwise(points)


if __name__ == "__main__":
    main()

"""PDFs made from nothing but text, since no binary file is kept here."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH, HEIGHT = 842, 595  # points: A4, landscape
MARGIN, LEADING, SIZE = 50, 14, 9


@dataclass(frozen=True)
class Ruled:
    """A table drawn with rules: ``widths`` in points, a cell's lines told apart by line ends."""

    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    is_centred: bool = False  # each cell's lines in the middle of its row, as word processors may set them


@dataclass(frozen=True)
class Columned:
    """A table without rules: each column begins at one of ``starts``, in points from the margin."""

    starts: Sequence[float]
    rows: Sequence[Sequence[str]]


# Draws a page sideways, so that it is upright where readers are told to turn it.
_TURNED_BACK = {0: b"", 90: b"0 1 -1 0 842 0 cm ", 180: b"-1 0 0 -1 842 595 cm ", 270: b"0 -1 1 0 0 595 cm "}

Block = str | Ruled | Columned


def pdf(pages: Sequence[Sequence[Block]], *, trailer: str = "", turned: int = 0) -> bytes:
    """The bytes of a PDF with these pages. A string is as many lines as it has."""
    upright = _TURNED_BACK[turned]
    return assembled([upright + _content(page) for page in pages], trailer=trailer, turned=turned)


def pdf_of_text(text: str) -> bytes:
    """A PDF that looks like a text: ``| cells |`` become a table with rules, and ``=====`` ends a page."""
    return pdf([_blocks(page.strip("\n").splitlines()) for page in text.split("\n=====\n")])


def _blocks(lines: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        if not is_table:
            blocks.append("\n".join(group))
            continue
        rows = [[cell.strip().replace("\\n", "\n") for cell in line.strip("|").split("|")] for line in group]
        widths = [
            5.2 * max(len(line) for row in rows for line in row[n].split("\n")) + 8
            for n in range(len(rows[0]))
        ]
        blocks.append(Ruled(widths, rows, is_centred=True))
    return blocks


def assembled(contents: Sequence[bytes], *, trailer: str = "", catalogue: str = "", turned: int = 0) -> bytes:
    """A PDF whose pages are drawn by these content streams."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {turned}"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        packed = zlib.compress(content)
        objects += [page.encode(), _stream(packed, "/Filter /FlateDecode")]
    return written(objects, trailer=trailer)


def written(objects: Sequence[bytes], *, trailer: str = "") -> bytes:
    """The file that these objects make, numbered from 1; the first is the catalogue."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        body += f"{place:010} 00000 n \n".encode()
    body += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(body + f"startxref\n{start}\n%%EOF\n".encode())


def _stream(content: bytes, about: str = "") -> bytes:
    return f"<< /Length {len(content)} {about} >>\nstream\n".encode() + content + b"\nendstream"


def _content(blocks: Sequence[Block]) -> bytes:
    drawn: list[str] = []
    y = float(HEIGHT - MARGIN)
    for block in blocks:
        match block:
            case str():
                for line in block.splitlines():
                    indent = len(line) - len(line.lstrip())
                    drawn.append(_words(line.strip(), MARGIN + 6 * indent, y))
                    y -= LEADING
            case Columned():
                for row in block.rows:
                    for start, cell in zip(block.starts, row, strict=True):
                        drawn.append(_words(cell, MARGIN + start, y))
                    y -= LEADING
            case Ruled():
                y = _ruled(block, y, drawn)
    return "\n".join(drawn).encode("cp1252")


def _ruled(table: Ruled, y: float, drawn: list[str]) -> float:
    edges = [MARGIN + sum(table.widths[:n]) for n in range(len(table.widths) + 1)]
    for row in table.rows:
        height = LEADING * max(cell.count("\n") + 1 for cell in row) + 6
        for left, width, cell in zip(edges, table.widths, row, strict=False):
            drawn.append(f"{left} {y - height} {width} {height} re S")
            lines = cell.split("\n")
            lower = (height - 6 - LEADING * len(lines)) / 2 if table.is_centred else 0
            for number, line in enumerate(lines):
                drawn.append(_words(line, left + 3, y - lower - LEADING * (number + 1)))
        y -= height
    return y - LEADING


def _words(words: str, x: float, y: float) -> str:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {SIZE} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET" if words else ""

"""Sets a report as a PDF, A4, with bars beside its numbers. As a program it reads one and writes the other.

Pure: it knows nothing of Django. Its font is the one that comes with reportlab, which has no ₹.
"""

from __future__ import annotations

import json
import resource
import sys
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 15  # of processor time
_INK, _SOFT, _LINE, _BAR = (colors.HexColor(code) for code in ("#13202a", "#45535e", "#e0e3e1", "#0f4c5c"))
_WIDTH = A4[0] - 36 * mm


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A table. ``counts`` says how long the bar beside each row is; empty for none."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A report, every word as its reader is to see it."""

    title: str
    period: str
    lead: str
    footer: str
    nothing: str  # stands where a section has no rows
    language: str
    sections: tuple[PaperSection, ...]


class _Bar(Flowable):  # type: ignore[misc]  # reportlab has no types
    def __init__(self, share: float) -> None:
        super().__init__()
        self.share, self.width, self.height = share, 42 * mm, 3 * mm

    def draw(self) -> None:
        if self.share:
            self.canv.setFillColor(_BAR)
            self.canv.rect(0, 0, self.width * self.share, self.height, stroke=0, fill=1)


def set_paper(paper: Paper) -> bytes:
    """The PDF, with its fonts in it."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    pdfmetrics.registerFont(TTFont("VeraBold", "VeraBd.ttf"))
    body = BytesIO()
    document = SimpleDocTemplate(
        body,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=18 * mm,
        bottomMargin=20 * mm,
        title=f"{paper.title}, {paper.period}",
        author="Setu",
        lang=paper.language,
    )
    story: list[Flowable] = [
        _text(paper.title, 18, "VeraBold"),
        _text(paper.period, 12, color=_SOFT),
        Spacer(1, 3 * mm),
        _text(paper.lead, 9, color=_SOFT),
    ]
    for section in paper.sections:
        story += _section(section, paper.nothing)

    def foot(canvas: Canvas, _document: SimpleDocTemplate) -> None:
        canvas.setFont("Vera", 8)
        canvas.setFillColor(_SOFT)
        canvas.drawString(18 * mm, 11 * mm, _plain(paper.footer))
        canvas.drawRightString(A4[0] - 18 * mm, 11 * mm, str(canvas.getPageNumber()))

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return body.getvalue()


def _section(section: PaperSection, nothing: str) -> list[Flowable]:
    head: list[Flowable] = [Spacer(1, 7 * mm), _text(section.title, 12, "VeraBold")]
    if section.note:
        head.append(_text(section.note, 8.5, color=_SOFT))
    if not section.rows:
        return [KeepTogether([*head, _text(nothing, 9)])]
    table = _table(section)
    # A heading stays with its table; one that is longer than a page breaks all the same.
    return [KeepTogether([*head, Spacer(1, 1.5 * mm), table])]


def _table(section: PaperSection) -> Table:
    most = max(section.counts, default=0)
    rows: list[list[Flowable]] = [[_text(name, 8, "VeraBold", _SOFT) for name in section.columns]]
    for place, row in enumerate(section.rows):
        cells: list[Flowable] = [_text(value, 8.5) for value in row]
        if section.counts:
            cells.append(_Bar(section.counts[place] / most if most else 0))
        rows.append(cells)
    if section.counts:
        rows[0].append(_text("", 8))
    table = Table(rows, colWidths=_widths(len(section.columns), has_bars=bool(section.counts)), repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ]
        )
    )
    table.hAlign = "LEFT"
    return table


def _widths(columns: int, *, has_bars: bool) -> list[float]:
    """The first column gets what the others leave."""
    others = [(24 if columns > 2 else 32) * mm] * (columns - 1) + ([46 * mm] if has_bars else [])
    return [_WIDTH - sum(others), *others]


def _text(words: str, size: float, font: str = "Vera", color: colors.Color = _INK) -> Paragraph:
    style = ParagraphStyle(
        font, fontName=font, fontSize=size, leading=size * 1.35, textColor=color, splitLongWords=True
    )
    return Paragraph(escape(_plain(words)), style)


def _plain(words: str) -> str:
    """The words as far as the font has letters for them."""
    known = pdfmetrics.getFont("Vera").face.charToGlyph
    said = words.replace("₹", "INR ").replace("≈", "~")
    return "".join(letter if ord(letter) in known else _instead_of(letter) for letter in said)


def _instead_of(letter: str) -> str:
    """Dates are written with spaces of several widths, of which the font has two."""
    return "\u00a0" if unicodedata.category(letter) == "Zs" else "?"


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given = json.load(sys.stdin.buffer)
    sections = tuple(PaperSection(**section) for section in given.pop("sections"))
    sys.stdout.buffer.write(set_paper(Paper(**given, sections=sections)))


if __name__ == "__main__":
    _main()

"""Excel workbooks as Excel 97 wrote them (.xls) and OpenDocument ones (.ods), made byte by byte.

The old format is a small file system ([MS-CFB]) with one file in it, a row of records ([MS-XLS], BIFF8).
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from tests.unit.ingest.workbooks import Cell

_SECTOR = 512  # bytes
_SMALLEST_FILE = 4096  # smaller ones are kept in another way
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_WORKBOOK, _SHEET = 0x0005, 0x0010
_DATE_FORMAT = 22  # m/d/yy h:mm, as every Excel has it
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"


def old_workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """The bytes of an .xls with these sheets; dates are real dates."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, _WORKBOOK, 0, 0x07CC, 0, 6))
    formats = b"".join(_record(0x00E0, struct.pack("<HH16x", 0, number)) for number in (0, _DATE_FORMAT))
    names = [_text(name, "<B") for name in sheets]
    begins = len(head + formats) + sum(4 + 6 + len(name) for name in names) + 4
    listed = b""
    for name, body in zip(names, bodies, strict=True):
        listed += _record(0x0085, struct.pack("<IH", begins, 0) + name)
        begins += len(body)
    return in_compound_file(head + formats + listed + _record(0x000A, b"") + b"".join(bodies))


def in_compound_file(stream: bytes) -> bytes:
    """The bytes of a compound file with a single stream, called Workbook, of at most 7 MB."""
    stream = stream.ljust(max(_SMALLEST_FILE, -(-len(stream) // _SECTOR) * _SECTOR), b"\x00")
    sectors = len(stream) // _SECTOR
    tables = -(-(sectors + 2) // (_SECTOR // 4 - 1))
    chain = [n + 1 for n in range(sectors - 1)] + [_END, _END] + [_FAT] * tables
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    numbers = [sectors + 1 + n for n in range(tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, sectors, 0)
    header += struct.pack("<IIIII", _SMALLEST_FILE, _END, 0, _END, 0)
    header += struct.pack("<109I", *numbers, *[_FREE] * (109 - tables))
    directory = (
        _entry("Root Entry", 5, child=1) + _entry("Workbook", 2, start=0, size=len(stream)) + bytes(256)
    )
    return header + stream + directory + struct.pack(f"<{len(chain)}I", *chain)


def open_workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """The bytes of an .ods with these sheets."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<office:document-content xmlns:office="{_OPEN_DOCUMENT}:office:1.0"'
        f' xmlns:table="{_OPEN_DOCUMENT}:table:1.0" xmlns:text="{_OPEN_DOCUMENT}:text:1.0">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return file.getvalue()


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    cells = b"".join(
        _old_cell(number, at, value) for number, row in enumerate(rows) for at, value in enumerate(row)
    )
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, _SHEET, 0, 0x07CC, 0, 6))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    return head + _record(0x0200, size) + cells + _record(0x000A, b"")


def _old_cell(row: int, column: int, value: Cell) -> bytes:
    match value:
        case None:
            return b""
        case str():
            return _record(0x0204, struct.pack("<HHH", row, column, 0) + _text(value, "<H"))
        case datetime():
            days = (value - datetime(1899, 12, 30, tzinfo=value.tzinfo)).total_seconds() / 86_400
            return _record(0x0203, struct.pack("<HHHd", row, column, 1, days))
        case _:
            return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _text(words: str, length: str) -> bytes:
    return struct.pack(length, len(words)) + b"\x01" + words.encode("utf-16-le")


def _entry(name: str, kind: int, *, child: int = _FREE, start: int = _END, size: int = 0) -> bytes:
    stored = f"{name}\0".encode("utf-16-le")
    about = struct.pack("<64sHBBIII", stored, len(stored), kind, 1, _FREE, _FREE, child)
    return about + bytes(36) + struct.pack("<IQ", start, size)


def _open_cell(value: Cell) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case str():
            shown, about = escape(value), 'office:value-type="string"'
        case datetime():
            shown = value.isoformat()
            about = f'office:value-type="date" office:date-value="{shown}"'
        case _:
            shown, about = str(value), f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {about}><text:p>{shown}</text:p></table:table-cell>"

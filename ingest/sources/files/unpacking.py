"""The bytes of an upload as lines of text, whatever they are packed in and whoever encoded them."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from ingest.errors import SourceChanged
from ingest.reading.decoding import decode_unmarked, marked_encoding

_GZIP = b"\x1f\x8b"
# Other things people hand in, by how their files begin.
_FOREIGN = {
    b"PK\x03\x04": "this is a workbook or a ZIP archive: hand it in as it is",
    b"\xd0\xcf\x11\xe0": "this is an old Excel workbook: hand it in as it is",
    b"%PDF": "this is a PDF: hand it in as it is",
    b"<": "this is a web page or XML: hand it in as it is",
}
LARGEST_UNPACKED = 500 * 1024 * 1024
HIGHEST_RATIO = 200
_LONGEST_PIECE = 1024 * 1024


class _Unpacked(io.RawIOBase):
    """A gzip stream that stops before a small file has filled the memory."""

    def __init__(self, body: bytes) -> None:
        self._file = gzip.GzipFile(fileobj=io.BytesIO(body))
        self._left = min(LARGEST_UNPACKED, max(len(body) * HIGHEST_RATIO, 1024 * 1024))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            part = self._file.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise SourceChanged(f"the compressed file is damaged: {error}") from None
        self._left -= len(part)
        if self._left < 0:
            raise SourceChanged("the file unpacks to far more than its size allows for")
        buffer[: len(part)] = part
        return len(part)


def unpacked(body: bytes, *, most: int) -> bytes:
    """The bytes, out of the gzip they may be packed in. Raise SourceChanged beyond ``most`` bytes."""
    if not body.startswith(_GZIP):
        return body
    whole = _stream(body).read(most + 1)
    if len(whole) > most:
        raise SourceChanged(f"the compressed document unpacks to more than {most // (1024 * 1024)} MB")
    return whole


def open_text(body: bytes) -> Iterator[str]:
    """Yield the text line by line, line ends included, so that the whole never stands in memory."""
    start = _stream(body).read(512)
    _refuse_foreign(start)
    encoding = marked_encoding(start[:64])
    if encoding is None or encoding == "utf-8-sig":
        return _decoded_lines(_stream(body))
    return iter(io.TextIOWrapper(_stream(body), encoding=encoding, errors="replace", newline=""))


def _stream(body: bytes) -> io.BytesIO | io.BufferedReader:
    return io.BufferedReader(_Unpacked(body), 256 * 1024) if body.startswith(_GZIP) else io.BytesIO(body)


def _refuse_foreign(start: bytes) -> None:
    for sign, what in _FOREIGN.items():
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(sign):
            raise SourceChanged(what)


def _decoded_lines(stream: io.BytesIO | io.BufferedReader) -> Iterator[str]:
    """Line by line, since files put together from several offices mix encodings.

    A very long line, such as a whole JSON list, comes in pieces that end between two letters.
    """
    while line := stream.readline(_LONGEST_PIECE):
        while line[-1] > 0x7F and (more := stream.read(1)):
            line += more
        yield decode_unmarked(line)

"""Reading an answer's body without being drowned in it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from ingest.errors import SourceChanged, SourceUnavailable

LARGEST_BODY = 20 * 1024 * 1024
HIGHEST_RATIO = 200
# Below this size a high ratio is no attack: a page of white space.
_HARMLESS = 1024 * 1024
_PIECE = 64 * 1024
_GZIP_OR_ZLIB = 47  # zlib's way to say: whichever of the two it is


def read_body(raw: Iterable[bytes], encoding: str) -> bytes:
    """The decoded body. Raise SourceChanged as soon as it is too large, or unpacks to far too much."""
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise SourceChanged(f"the document is compressed in a way we didn't ask for ({encoding})")
    counted = _Counted(raw)
    parts = counted if encoding in ("", "identity") else _unpacked(counted)
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > LARGEST_BODY:
            raise SourceChanged(f"the document is larger than {LARGEST_BODY // (1024 * 1024)} MB")
        if len(body) > _HARMLESS and len(body) > HIGHEST_RATIO * counted.size:
            raise SourceChanged("the document unpacks to far more than its size allows for")
    return bytes(body)


class _Counted:
    """Bytes as they came, and how many."""

    def __init__(self, raw: Iterable[bytes]) -> None:
        self._raw = raw
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._raw:
            self.size += len(part)
            yield part


def _unpacked(raw: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of at most 64 kB, however much a packed piece holds."""
    packed = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for part in raw:
            left = part
            while left and not packed.eof:
                yield packed.decompress(left, _PIECE)
                left = packed.unconsumed_tail
        while rest := packed.decompress(packed.unconsumed_tail, _PIECE):
            yield rest
    except zlib.error as error:
        raise SourceUnavailable(f"the document's compression is damaged: {error}") from None
    if not packed.eof:
        raise SourceUnavailable("the document broke off while it was sent")

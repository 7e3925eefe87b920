"""Bytes to text, for documents that say little or nothing true about their encoding."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(start: bytes) -> str | None:
    """The encoding that a byte order mark, or every second byte being zero, gives away."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if start[1:64:2].count(0) > 24:
        return "utf-16-le"
    return "utf-16-be" if start[:64:2].count(0) > 24 else None


def decode(body: bytes) -> str:
    """The text of a whole document: marked, else UTF-8, else what Windows writes. Never fails."""
    if encoding := marked_encoding(body[:64]):
        return body.decode(encoding, errors="replace")
    return decode_unmarked(body)


def decode_unmarked(body: bytes) -> str:
    """Text without a byte order mark; also fit for one line of a longer document."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")

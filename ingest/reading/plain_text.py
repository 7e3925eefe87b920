"""What a person would read in a stored document, without its markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from email import message_from_bytes, policy
from itertools import islice

from bs4 import BeautifulSoup

from ingest.errors import SourceChanged
from ingest.reading.jail import read_in_jail

# How much of a long document is shown around what was read from it
WINDOW = 3_000
# What stands before the first of it, for the reader to see where it belongs
LEAD = 300
# A person waits for it.
PATIENCE = 5  # seconds
_MOST_LINES = 2_000
_TEXT_TYPES = ("text/", "application/json", "application/x-ndjson", "application/jsonl", "application/xml")


def is_text(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    return kind.startswith(_TEXT_TYPES) or kind == "message/rfc822"


def decoded(body: bytes) -> str:
    """UTF-8 where it is that, else Latin-1, which reads any bytes. NUL is shown as unreadable."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("latin-1")
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")


def plain_text(body: bytes, media_type: str) -> str:
    """The text of a page, a mail, a text file, a PDF or a workbook; "" where there is none to be had."""
    if reader := next((reader for sign, reader in _JAILED.items() if body.startswith(sign)), None):
        return _text_from_jail(*reader, body)
    if not is_text(media_type):
        return ""
    kind = media_type.partition(";")[0].strip().lower()
    if kind == "message/rfc822":
        return _text_of_mail(body)
    text = decoded(body)
    return _text_of_page(text) if kind == "text/html" else text


def _text_from_jail(module: str, show: Callable[[str], str], body: bytes) -> str:
    try:
        return "\n".join(map(show, islice(read_in_jail(module, body, seconds=PATIENCE), _MOST_LINES)))
    except SourceChanged:  # why is told where the document was rejected
        return ""


def _shown_page(line: str) -> str:
    """A page as ``ingest.reading.pdf`` tells it."""
    number, _state, lines, _tables = json.loads(line)
    words = ("   ".join(piece[0] for piece in pieces) for pieces in lines)
    return "\n".join([f"– {number} –", *words])


def _shown_row(line: str) -> str:
    """A row as ``ingest.reading.workbook`` tells it."""
    _sheet, number, cells = json.loads(line)
    return f"{number}: " + " | ".join(cells)


# By how they begin; opened in a child process, as all that comes packed is.
_WORKBOOK = ("ingest.reading.workbook", _shown_row)
_JAILED: dict[bytes, tuple[str, Callable[[str], str]]] = {
    b"%PDF-": ("ingest.reading.pdf", _shown_page),
    b"PK\x03\x04": _WORKBOOK,
    b"\xd0\xcf\x11\xe0": _WORKBOOK,
}


def excerpt_around(text: str, phrases: Iterable[str]) -> str:
    """At most ``WINDOW`` characters, from a little before the most telling of the phrases that occur.

    A text of a page's length is left whole.
    """
    if len(text) <= WINDOW // 2:
        return text
    longest_first = sorted(phrases, key=len, reverse=True)
    found = next((match for phrase in longest_first if (match := _search(phrase, text))), None)
    start = max(0, (found.start() if found else 0) - LEAD)
    if start:
        start = _after_blank(text, start)
    end = start + WINDOW
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def _after_blank(text: str, start: int) -> int:
    """Where the next word begins, so that none is cut."""
    blank = re.compile(r"\s+").search(text, start)
    return blank.end() if blank else start


def _search(phrase: str, text: str) -> re.Match[str] | None:
    words = phrase.split()
    return re.search(r"\s+".join(map(re.escape, words)), text) if words else None


def _text_of_page(page: str) -> str:
    soup = BeautifulSoup(page, "lxml")
    for silent in soup(["script", "style", "noscript", "template"]):
        silent.decompose()
    lines = (" ".join(line.split()) for line in soup.get_text("\n").splitlines())
    return "\n".join(line for line in lines if line)


def _text_of_mail(body: bytes) -> str:
    message = message_from_bytes(body, policy=policy.default)
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return decoded(body)
    content = part.get_content()
    return _text_of_page(content) if part.get_content_subtype() == "html" else content

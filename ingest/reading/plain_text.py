"""What a person would read in a stored document, without its markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email import message_from_bytes, policy

from bs4 import BeautifulSoup

# How much of a long document is shown around what was read from it
WINDOW = 3_000
# What stands before the first of it, for the reader to see where it belongs
LEAD = 300
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
    """The text of a page, a mail or a text file; "" for kinds that hold no text as such."""
    if not is_text(media_type):
        return ""
    kind = media_type.partition(";")[0].strip().lower()
    if kind == "message/rfc822":
        return _text_of_mail(body)
    text = decoded(body)
    return _text_of_page(text) if kind == "text/html" else text


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

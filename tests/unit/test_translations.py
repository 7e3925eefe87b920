"""Every word a person reads exists in Swedish, and nothing is translated that nobody reads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

SWEDISH = settings.BASE_DIR / "locale" / "sv" / "LC_MESSAGES" / "django.po"
CODE = ("ingest", "matching", "opportunities", "portal")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?:n?p?gettext|_)\({_TEXT}(?:, ?{_TEXT})*(?:, ?count)?\)")
Key = tuple[str | None, str]


def swedish() -> Catalog:
    with SWEDISH.open("rb") as file:
        return read_po(file, locale="sv")


def sources() -> Iterator[bytes]:
    for app in CODE:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            yield path.read_bytes()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.*")):
        # Django turns a template into something that reads like Python, words of markup and all.
        code = templatize(path.read_text(encoding="utf-8"))
        yield "\n".join(CALL.findall(code)).encode()


@cache
def said() -> set[Key]:
    """Each text in code and templates that is to be translated, with its context."""
    found: set[Key] = set()
    for source in sources():
        for _line, message, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
            found.add((context, message if isinstance(message, str) else message[0]))
    return found


def key(message: Message) -> Key:
    return (message.context, message.id if isinstance(message.id, str) else message.id[0])


def texts(message: Message) -> list[str]:
    """What it is in Swedish: two texts where it counts something, "" where nothing is written."""
    written = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [str(text or "") for text in written]


def translated() -> dict[Key, Message]:
    return {key(message): message for message in swedish() if message.id}


def test_everything_said_is_said_in_swedish() -> None:
    assert said() - translated().keys() == set()


def test_nothing_is_translated_that_is_not_said() -> None:
    assert translated().keys() - said() == set()


def test_no_translation_is_missing_or_only_guessed() -> None:
    unfinished = [message.id for message in translated().values() if message.fuzzy or not all(texts(message))]

    assert unfinished == []


def test_a_translation_fills_in_what_the_original_fills_in() -> None:
    uneven = [
        message.id
        for message in translated().values()
        for text in texts(message)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(key(message)[1]))
    ]

    assert uneven == []


@pytest.mark.parametrize("text", ["Matches", "Inbox", "%(days)s day left", "Every member sees it now."])
def test_the_search_finds_texts_in_code_and_templates(text: str) -> None:
    """Or the tests above would prove nothing."""
    assert (None, text) in said()

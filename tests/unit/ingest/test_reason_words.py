"""Why something can't be read is told in Swedish too, whatever a reader fills in, however old the row."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from ingest.templatetags.reason_words import has_words, reason_words

# What is said when a visit to a source fails is shown in another way, with the address as it is.
VISITS = {"http", "fetch.py", "imap.py", "members.py", "web.py", "mailbox_address.py", "canary"}
SAYING = {"SourceChanged", "NotUnderstood", "Unreadable", "BadRow", "BrokenLine", "Doubt", "refuse", "doubt"}


def reasons_of_readers() -> Iterator[str]:
    """Each reason that stands in the readers' code, with "7" where they fill something in."""
    for folder in ("reading", "sources"):
        for path in sorted((settings.BASE_DIR / "ingest" / folder).rglob("*.py")):
            if not VISITS & set(path.parts):
                yield from reasons_in(path)


def reasons_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[*_, last]) if (
                name in SAYING
            ):
                yield from texts_in(last)
            case ast.Assign(targets=[ast.Name(id="reason")], value=value):
                yield from texts_in(value)


def texts_in(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(words)) if words:
            yield words
        case ast.JoinedStr(values=parts) if not isinstance(parts[0], ast.FormattedValue):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts_in(body)
            yield from texts_in(orelse)


@pytest.mark.parametrize("reason", sorted(set(reasons_of_readers())))
def test_every_reason_is_told_in_swedish(reason: str) -> None:
    with translation.override("sv"):
        assert has_words(reason)
        assert reason_words(reason) != reason


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("the row has 4 cells, its header 7", "raden har 4 celler, rubrikraden 7"),
        (
            "no tender ID: “two words”, a tender ID is one word of at most 100 letters",
            "tender-ID saknas: ”two words”, ett tender-ID är ett ord på högst 100 tecken",
        ),
        (
            "the line isn't a JSON object: it is nested too deeply",
            "raden är inget JSON-objekt: det ligger för djupt i varandra",
        ),
        (
            "the workbook can't be read: I/O error",
            "arbetsboken går inte att läsa: I/O error",
        ),
        ("“20 %(s)s %” isn't a month", "”20 %(s)s %” är ingen månad"),
    ],
)
def test_what_a_reader_filled_in_is_kept(stored: str, told: str) -> None:
    with translation.override("sv"):
        assert reason_words(stored) == told


@pytest.mark.parametrize("reason", ["", "gone with the old parser", "%s", "the row has cells"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_reason_that_nobody_gives_any_more_is_shown_as_it_is(reason: str, language: str) -> None:
    with translation.override(language):
        assert reason_words(reason) == reason
        assert not has_words(reason)


def test_english_words_stay() -> None:
    with translation.override("en"):
        assert reason_words("the row has 4 cells, its header 7") == "the row has 4 cells, its header 7"


def test_a_very_long_reason_is_told_at_once() -> None:
    reason = "no row names columns that we know; the file begins with: " + "no title: “" * 5_000

    with translation.override("sv"):
        assert reason_words(reason).startswith("ingen rad anger kolumner")

from __future__ import annotations

import pytest

from ingest.reading.plain_text import WINDOW, excerpt_around, is_text, plain_text
from tests.unit.ingest.pdfs import pdf
from tests.unit.ingest.workbooks import workbook

PAGE = (
    b"<html><head><style>p{}</style><script>x()</script></head><body><p>Smart  poles</p><p>42 Cr</p></body>"
)
MAIL = b"""From: desk@example.org
Subject: Bulletin
Content-Type: text/plain; charset=utf-8

Outlay about Rs. 42 Cr.
"""


@pytest.mark.parametrize(
    ("body", "media_type", "text"),
    [
        (PAGE, "text/html; charset=utf-8", "Smart poles\n42 Cr"),
        (MAIL, "message/rfc822", "Outlay about Rs. 42 Cr.\n"),
        ("\ufeffTitel,Värde".encode(), "text/csv", "Titel,Värde"),
        ("Göteborg".encode("latin-1"), "text/plain", "Göteborg"),
        (b"a\x00b", "text/plain", "a\N{REPLACEMENT CHARACTER}b"),
        (
            pdf([["Smart poles", "42 Cr."], ["Sensors"]]),
            "text/csv",
            "– 1 –\nSmart poles\n42 Cr.\n– 2 –\nSensors",
        ),
        (workbook({"List": [["Title", 42.0], ["Poles", None]]}), "", "1: Title | 42\n2: Poles | "),
        (b"%PDF-1.7", "application/pdf", ""),
        (b"PK\x03\x04", "application/zip", ""),
    ],
)
def test_a_document_is_read_as_a_person_would(body: bytes, media_type: str, text: str) -> None:
    assert plain_text(body, media_type) == text


@pytest.mark.parametrize(
    ("media_type", "is_it"),
    [("text/html", True), ("Application/JSON", True), ("application/pdf", False), ("image/svg+xml", False)],
)
def test_what_counts_as_text(media_type: str, *, is_it: bool) -> None:
    assert is_text(media_type) is is_it


def test_no_word_is_cut_where_an_excerpt_begins() -> None:
    text = "carefully " * 500 + "worded"

    assert excerpt_around(text, ["worded"]).startswith("… carefully carefully")


def test_a_long_document_is_cut_around_what_was_read() -> None:
    text = "x " * 50_000 + "the\nwords" + " y" * 50_000

    shown = excerpt_around(text, ["", "not there", "the words"])

    assert "the\nwords" in shown
    assert len(shown) <= WINDOW + 4
    assert excerpt_around("short", ["nothing"]) == "short"

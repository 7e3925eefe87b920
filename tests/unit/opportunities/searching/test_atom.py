from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from opportunities.searching.atom import Feed, FeedEntry, atom_file
from opportunities.searching.json_feed import json_feed_file

MOMENT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
ENTRY = FeedEntry("tag:x,2026:o/1", "Lights", "https://x.example/1", MOMENT, MOMENT, "Pune", "PSCDCL")
FEED = Feed(
    "tag:x,2026:s/1",
    "Setu",
    "https://x.example/",
    MOMENT,
    "sv",
    [ENTRY],
    "https://x.example/f.atom",
    "https://x.example/f.json",
)
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_feed_has_what_the_standard_asks() -> None:
    root = ET.fromstring(atom_file(FEED))  # noqa: S314  our own

    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert {child.tag.removeprefix(ATOM) for child in entry} == {
        "id", "title", "published", "updated", "author", "link", "summary"
    }  # fmt: skip
    links = [(link.get("rel"), link.get("type"), link.get("href")) for link in root.findall(f"{ATOM}link")]
    assert links == [
        ("alternate", "text/html", "https://x.example/"),
        ("self", "application/atom+xml", "https://x.example/f.atom"),
        ("alternate", "application/feed+json", "https://x.example/f.json"),
    ]
    assert root.findtext(f"{ATOM}updated") == "2026-11-22T07:30:00Z"


@pytest.mark.parametrize("text", ["<b>&</b>", "a\x00b\x0b", "]]>", "\ud800", "\ufffe", "🚰 \U0010fffd"])
def test_any_text_makes_a_document_that_can_be_read(text: str) -> None:
    file = atom_file(replace(FEED, entries=[replace(ENTRY, title=text, summary=text)]))

    assert ET.fromstring(file).find(f"{ATOM}entry") is not None  # noqa: S314


def test_the_same_feed_is_the_same_bytes() -> None:
    assert atom_file(FEED) == atom_file(replace(FEED))


def test_the_same_feed_as_json_has_what_version_1_1_asks() -> None:
    document = json.loads(json_feed_file(FEED))

    assert {name: document[name] for name in ("version", "title", "feed_url", "language")} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Setu",
        "feed_url": "https://x.example/f.json",
        "language": "sv",
    }
    assert document["items"] == [
        {
            "id": "tag:x,2026:o/1",
            "url": "https://x.example/1",
            "title": "Lights",
            "content_text": "Pune",
            "date_published": "2026-11-22T07:30:00+00:00",
            "date_modified": "2026-11-22T07:30:00+00:00",
            "authors": [{"name": "PSCDCL"}],
        }
    ]


@pytest.mark.parametrize("text", ["<b>&</b>", "a\x00b\x0b", "\ud800", "🚰", ""])
def test_any_text_makes_json_that_can_be_read(text: str) -> None:
    file = json_feed_file(replace(FEED, entries=[replace(ENTRY, title=text, author=text)]))

    (item,) = json.loads(file.decode("utf-8"))["items"]
    assert item["title"] == text
    assert ("authors" in item) is bool(text)

"""Entries as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

ATOM_TYPE = "application/atom+xml"
JSON_TYPE = "application/feed+json"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. ``id`` stays the same as long as what it tells of is the same thing."""

    id: str
    title: str
    url: str
    published_at: datetime
    updated_at: datetime
    summary: str  # plain text
    author: str


@dataclass(frozen=True, slots=True)
class Feed:
    id: str
    title: str
    url: str  # the page that shows the same
    updated_at: datetime
    language: str
    entries: Sequence[FeedEntry]
    atom_url: str  # where it is to be had
    json_url: str  # and where as a JSON Feed


def atom_file(feed: Feed) -> bytes:
    """The feed as a document; the same bytes for the same feed."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated_at))
    _text(ET.SubElement(root, "author"), "name", "Setu")
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    ET.SubElement(root, "link", {"rel": "self", "type": ATOM_TYPE, "href": feed.atom_url})
    ET.SubElement(root, "link", {"rel": "alternate", "type": JSON_TYPE, "href": feed.json_url})
    for entry in feed.entries:
        element = ET.SubElement(root, "entry")
        _text(element, "id", entry.id)
        _text(element, "title", entry.title)
        _text(element, "published", _moment(entry.published_at))
        _text(element, "updated", _moment(entry.updated_at))
        if entry.author:
            _text(ET.SubElement(element, "author"), "name", entry.author)
        ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
        _text(element, "summary", entry.summary)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = "".join(filter(_may_stand, text))


def _may_stand(letter: str) -> bool:
    """Whether XML 1.0 allows the letter."""
    return (
        letter in "\t\n\r"
        or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter < "\ufffe")
        or (letter > "\uffff")
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

"""Entries as a JSON Feed (version 1.1), for programs that would rather not read XML."""

from __future__ import annotations

import json
from typing import Any

from opportunities.searching.atom import Feed, FeedEntry

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed_file(feed: Feed) -> bytes:
    """The feed as a document; the same bytes for the same feed."""
    document = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.json_url,
        "language": feed.language,
        "authors": [{"name": "Setu"}],
        "items": [_item(entry) for entry in feed.entries],
    }
    # Half a surrogate pair is nothing that UTF-8 knows; escaped, it does no harm.
    return json.dumps(document, ensure_ascii=True, indent=1).encode("ascii")


def _item(entry: FeedEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": entry.published_at.isoformat(timespec="seconds"),
        "date_modified": entry.updated_at.isoformat(timespec="seconds"),
    } | ({"authors": [{"name": entry.author}]} if entry.author else {})

"""Open contracting data (OCDS) that is handed in: packages, releases, records, known by what they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ingest.errors import SourceChanged
from ingest.reading.decoding import decode
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.ocds import OcdsAdapter
from opportunities.parsed_notice import ParsedNotice, Unreadable

LARGEST_PACKAGE = 25 * 1024 * 1024  # bytes: it is held in memory as a whole
# Bytes to judge by: enough for a row, else for any release. No table is decoded as a whole only for that.
_HEADS = (16 * 1024, 1024 * 1024)
_PACKED = ("releases", "records")
_LISTED = re.compile(r'"(?:releases|records)"\s*:\s*\[')
_READER = OcdsAdapter()


def is_package(body: bytes) -> bool:
    """Whether this is open contracting data as it is published, rather than flat rows made from it."""
    if len(body) > LARGEST_PACKAGE:
        return False
    for size in _HEADS:
        head = decode(body[:size]).lstrip("\ufeff \t\r\n\x00")
        if not head.startswith(("{", "[")):
            return False
        try:
            first, _end = json.JSONDecoder().raw_decode(head, max(head.find("{"), 0))
        except RecursionError:
            return False
        except ValueError:
            continue
        return isinstance(first, dict) and _is_tree(first)
    # A package that is longer, or breaks off, is still one, and is told so by those who know packages.
    return head.startswith("{") and _LISTED.search(head) is not None


def _is_tree(value: dict[str, object]) -> bool:
    return any(isinstance(value.get(name), list) for name in _PACKED) or _is_release(value)


def _is_release(value: dict[str, object]) -> bool:
    """Rows of a table name their columns ``tender/title``; releases and records are trees."""
    branches = (value.get("tender"), value.get("planning"), value.get("compiledRelease"), value.get("tag"))
    return "ocid" in value and any(isinstance(branch, dict | list) for branch in branches)


def read_packages(document: FetchedDocument, source: SourceSettings) -> Iterator[ParsedNotice | Unreadable]:
    """Yield the notice in each release. Raise SourceChanged if the package is damaged or empty."""
    is_empty = True
    for part in _READER.parse(document, source):
        is_empty = False
        yield part
    if is_empty:
        raise SourceChanged("the package holds no releases")

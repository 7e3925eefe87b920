"""The registry. Adding a source is its folder, a line here, and its samples."""

from __future__ import annotations

from ingest.sources.base import SourceAdapter

ADAPTERS: dict[str, SourceAdapter] = {}

"""The registry. Adding a source is its folder, a line here, and its samples."""

from __future__ import annotations

from ingest.sources.base import SourceAdapter
from ingest.sources.gepnic import GepnicAdapter
from ingest.sources.upload import UploadAdapter

ADAPTERS: dict[str, SourceAdapter] = {
    "gepnic": GepnicAdapter(),
    "upload": UploadAdapter(),
}

"""The registry. Adding a source is its folder, a line here, and its samples."""

from __future__ import annotations

from ingest.sources.base import SourceAdapter
from ingest.sources.canary import CanaryAdapter
from ingest.sources.cii_mailbox import CiiMailboxAdapter
from ingest.sources.cii_pages import CiiPagesAdapter
from ingest.sources.cppp import CpppAdapter
from ingest.sources.gepnic import GepnicAdapter
from ingest.sources.ocds import OcdsAdapter
from ingest.sources.upload import UploadAdapter

ADAPTERS: dict[str, SourceAdapter] = {
    "canary": CanaryAdapter(),
    "cii_mailbox": CiiMailboxAdapter(),
    "cii_pages": CiiPagesAdapter(),
    "cppp": CpppAdapter(),
    "gepnic": GepnicAdapter(),
    "ocds": OcdsAdapter(),
    "upload": UploadAdapter(),
}

"""Messages out of a folder of .eml files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.errors import SourceChanged, SourceUnavailable
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.cii_mailbox.left_out import LARGEST_MESSAGE


def fetch_messages(source: SourceSettings) -> Iterator[FetchedDocument]:
    """Yield every message, in the order of file names. Raise SourceChanged, last, if any is too large."""
    folder = Path(source.address)
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.casefold() == ".eml")
    except OSError as failure:
        raise SourceUnavailable(f"the mail folder can't be read: {failure.strerror}") from failure
    too_large = []
    for file in files:
        try:
            if file.stat().st_size > LARGEST_MESSAGE:
                too_large.append(file.name)
                continue
            body = file.read_bytes()
        except OSError as failure:
            raise SourceUnavailable(f"{file.name} can't be read: {failure.strerror}") from failure
        # The folder may move; a message stays the same.
        yield FetchedDocument(f"mail:{file.name}", "message/rfc822", body)
    if too_large:
        raise SourceChanged(f"larger than a message may be, and left unread: {', '.join(too_large)}")

"""Messages out of a folder of .eml files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.errors import SourceUnavailable
from ingest.sources.base import FetchedDocument, SourceSettings
from ingest.sources.cii_mailbox.left_out import LARGEST_MESSAGE, left_out

_BEGINNING = 16 * 1024  # bytes: enough for sender, subject and date


def fetch_messages(source: SourceSettings) -> Iterator[FetchedDocument]:
    """Yield every message, in the order of file names; of one that is too large only its beginning."""
    folder = Path(source.address)
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.casefold() == ".eml")
    except OSError as failure:
        raise SourceUnavailable(f"the mail folder can't be read: {failure.strerror}") from failure
    for file in files:
        try:
            size = file.stat().st_size
            with file.open("rb") as message:
                body = message.read(_BEGINNING if size > LARGEST_MESSAGE else -1)
        except OSError as failure:
            raise SourceUnavailable(f"{file.name} can't be read: {failure.strerror}") from failure
        # The folder may move; a message stays the same.
        url = f"mail:{file.name}"
        if size > LARGEST_MESSAGE:
            yield left_out(url, body, size)
        else:
            yield FetchedDocument(url, "message/rfc822", body)

"""Messages that are too large to be kept: their beginning stands for them, and says so once."""

from __future__ import annotations

from ingest.errors import SourceChanged
from ingest.sources.base import FetchedDocument

LARGEST_MESSAGE = 25 * 1024 * 1024  # bytes: what mail servers take
_SIZE = "X-Size-Of-What-Was-Left-Out"


def left_out(url: str, beginning: bytes, size: int) -> FetchedDocument:
    """The document of a message of ``size`` bytes of which only the beginning was read."""
    return FetchedDocument(url, "message/rfc822", beginning, ((_SIZE, str(size)),))


def refuse_left_out(document: FetchedDocument) -> None:
    """Raise SourceChanged if it is the document of a message that was left out."""
    size = dict(document.headers).get(_SIZE)
    if size is not None:
        megabytes = int(size) / (1024 * 1024)
        raise SourceChanged(
            f"the message has {megabytes:.0f} MB, more than one may have, and was left unread where it is"
        )

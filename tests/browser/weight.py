"""How much a visit weighs."""

from __future__ import annotations

import gzip

from playwright.sync_api import Response

# Bytes of the first page and all it needs
MOST_BYTES = 120_000


def sent_bytes(answer: Response) -> int:
    """As it is sent: our files are kept compressed, pages are not. What only leads on has no body."""
    if 300 <= answer.status < 400:
        return 0
    body = answer.body()
    return len(body if answer.request.resource_type == "document" else gzip.compress(body))

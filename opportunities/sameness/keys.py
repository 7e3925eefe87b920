"""What names a tender wherever it is quoted: the ID its portal gave it, the address of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

# Year, organisation code, number, work item: 2026_NBSC_101_1.
_TENDER_ID = re.compile(r"(?<![^\W_])\d{4}_[A-Za-z0-9]+_\d+_\d+(?![^\W_])")
_HOST = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]{1,63}\.)+[a-z]{2,}(?![\w.-]*@)", re.IGNORECASE)
_SESSION = re.compile(r"[?&;](?:session|jsessionid|sp|seedids)=", re.IGNORECASE)
LONGEST_ADDRESS = 500


def tender_ids_in(*texts: str | None) -> frozenset[str]:
    """The tender IDs of GePNIC portals that stand in any of the texts, in lower case."""
    return frozenset(found.casefold() for text in texts if text for found in _TENDER_ID.findall(text))


def hosts_in(*texts: str | None) -> frozenset[str]:
    """Names of hosts that stand in any of the texts, in lower case and without www."""
    found = (host for text in texts if text for host in _HOST.findall(text))
    return frozenset(host.casefold().removeprefix("www.") for host in found)


def address_of(url: str | None) -> str | None:
    """A page's address as two sources would both give it; None for one that lasts no longer than a visit."""
    if not url or len(url) > LONGEST_ADDRESS or _SESSION.search(url):
        return None
    try:
        split = urlsplit(url.strip())
    except ValueError:
        return None
    host = (split.hostname or "").removeprefix("www.")
    if split.scheme not in ("http", "https") or not host or split.path in ("", "/"):
        return None  # a front page is nobody's own
    query = f"?{split.query}" if split.query else ""
    return f"{host}{split.path.rstrip('/')}{query}"


def is_numbered_by_a_portal(publisher: str, process_id: str) -> bool:
    """Whether the number names the tender itself, not a bulletin's item or a line of somebody's list."""
    return bool(_TENDER_ID.fullmatch(process_id)) or bool(_HOST.fullmatch(publisher))


def identity_keys(process_ids: Iterable[str], texts: Iterable[str | None], url: str | None) -> list[str]:
    """What to look a tender up by, sorted: ``at:…`` for its page, ``id:…`` for each ID it bears or quotes."""
    ids = (f"id:{found}" for found in tender_ids_in(*process_ids, *texts))
    address = address_of(url)
    return sorted({*ids, *([f"at:{address}"] if address else [])})
